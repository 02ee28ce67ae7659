using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>A message that failed too often.</summary>
/// <param name="Id">Its number in its sender's table.</param>
/// <param name="Topic">Who should have heard it.</param>
/// <param name="Key">Later messages of this key wait for it.</param>
/// <param name="Payload">What it says, as JSON.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="DiedAt">When that was.</param>
public sealed record DeadMessage(
    long Id,
    string Topic,
    long Key,
    string Payload,
    int Attempts,
    string Reason,
    DateTimeOffset DiedAt
);

/// <summary>Messages that their receivers have not yet committed.</summary>
/// <param name="Open">Waiting, or with a worker.</param>
/// <param name="Dead">Parked; they wait for a person.</param>
/// <param name="Since">When the oldest of both was written; null where there is none.</param>
public sealed record MessageBacklog(long Open, long Dead, DateTimeOffset? Since);

/// <summary>The operator's side of one context's local message table: what waits, what is dead, and another try for it.</summary>
public sealed class MessageDesk<TDb>(Database<TDb> database, TimeProvider clock)
    where TDb : ContextDb
{
    /// <summary>The context whose table this is, such as <c>orders</c>.</summary>
    public string Sender { get; } = ContextName.Of<TDb>();

    /// <summary>Counts what is not confirmed: the backlog.</summary>
    public async Task<MessageBacklog> BacklogAsync(CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            $"""
            select count(*) filter (where status <> -1), count(*) filter (where status = -1), min(created_at)
            from {Sender}.local_message where status <> 2
            """
        );
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(
            row.GetInt64(0),
            row.GetInt64(1),
            await row.IsDBNullAsync(2, cancel)
                ? null
                : await row.GetFieldValueAsync<DateTimeOffset>(2, cancel)
        );
    }

    /// <summary>Messages that failed too often, oldest first; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<DeadMessage>> DeadAsync(int limit, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            $"""
            select id, topic, key, payload, attempts, coalesce(last_error, ''), updated_at
            from {Sender}.local_message where status = -1 order by id limit $1
            """
        );
        command.Parameters.Add(Sql.Value(limit));
        var dead = new List<DeadMessage>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            dead.Add(
                new(
                    rows.GetInt64(0),
                    rows.GetString(1),
                    rows.GetInt64(2),
                    rows.GetString(3),
                    rows.GetInt32(4),
                    rows.GetString(5),
                    await rows.GetFieldValueAsync<DateTimeOffset>(6, cancel)
                )
            );
        }

        return dead;
    }

    /// <summary>Gives dead messages as many tries as new ones have, from now on.</summary>
    /// <param name="ids">Which; null for all. Those that are not dead are left alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>How many were dead.</returns>
    public async Task<int> ReplayAsync(IReadOnlyList<long>? ids, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            $"""
            update {Sender}.local_message set status = 0, attempts = 0, next_attempt_at = $2, updated_at = $2
            where status = -1 and ($1::bigint[] is null or id = any($1))
            """
        );
        command.Parameters.Add(Sql.Value(ids?.ToArray()));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
