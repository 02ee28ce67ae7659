using Npgsql;
using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>
/// The operator's side of one context's local message table: what waits, what is dead, and another try for it. There is one
/// for each context that sends, and whoever asks for all of them needs to know none.
/// </summary>
public abstract class MessageDesk
{
    private readonly NpgsqlDataSource _primary;
    private readonly TimeProvider _clock;

    private protected MessageDesk(string sender, NpgsqlDataSource primary, TimeProvider clock) =>
        (Sender, _primary, _clock) = (sender, primary, clock);

    /// <summary>The context whose table this is, such as <c>orders</c>.</summary>
    public string Sender { get; }

    /// <summary>Counts what is not confirmed: the backlog. One statement.</summary>
    public async Task<MessageBacklog> BacklogAsync(CancellationToken cancel)
    {
        await using var command = _primary.CreateCommand(
            $"""
            select count(*) filter (where status <> -1),
                   count(*) filter (where status <> -1 and lease_until > $1),
                   count(*) filter (where status = -1),
                   min(created_at) filter (where status <> -1),
                   min(created_at)
            from {Sender}.local_message where status <> 2
            """
        );
        command.Parameters.Add(Sql.Value(_clock.GetUtcNow()));
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetInt64(2),
            await TimeAsync(row, 3, cancel),
            await TimeAsync(row, 4, cancel)
        );
    }

    /// <summary>Messages that failed too often, oldest first; at most <paramref name="limit"/>.</summary>
    public Task<IReadOnlyList<DeadMessage>> DeadAsync(int limit, CancellationToken cancel) =>
        DeadAsync("", long.MaxValue, limit, cancel);

    /// <summary>The same, newest first.</summary>
    /// <param name="before">Only those that were written before the one of this number; null for all.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<IReadOnlyList<DeadMessage>> NewestDeadAsync(
        long? before,
        int limit,
        CancellationToken cancel
    ) => DeadAsync("desc", before ?? long.MaxValue, limit, cancel);

    /// <summary>Gives dead messages as many tries as new ones have, from now on.</summary>
    /// <param name="ids">Which; null for all. Those that are not dead are left alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>How many were dead.</returns>
    public async Task<int> ReplayAsync(IReadOnlyList<long>? ids, CancellationToken cancel) =>
        (await ReplayAsync(ids, topic: null, int.MaxValue, note: null, cancel)).Count;

    /// <summary>The same, oldest first, up to a limit and with a note of who wanted it.</summary>
    /// <param name="ids">Which; null for all of the topic.</param>
    /// <param name="topic">Only messages of this topic; null for any.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="note">Writes, in the same transaction, that it was done to these; null where nobody keeps a trail.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <returns>Those that were dead, in the order of their writing.</returns>
    public async Task<IReadOnlyList<long>> ReplayAsync(
        IReadOnlyList<long>? ids,
        string? topic,
        int limit,
        Func<NpgsqlConnection, IReadOnlyList<long>, CancellationToken, Task>? note,
        CancellationToken cancel
    )
    {
        await using var connection = await _primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            with chosen as (
                select id from {Sender}.local_message
                where status = -1 and ($1::bigint[] is null or id = any($1)) and ($2::text is null or topic = $2)
                order by id limit $3
                for update)
            update {Sender}.local_message m set status = 0, attempts = 0, next_attempt_at = $4, updated_at = $4
            from chosen where m.id = chosen.id
            returning m.id
            """,
            connection,
            transaction
        );
        command.Parameters.Add(Sql.Value(ids?.ToArray()));
        command.Parameters.Add(Sql.Value(topic));
        command.Parameters.Add(Sql.Value(limit));
        command.Parameters.Add(Sql.Value(_clock.GetUtcNow()));
        var replayed = new List<long>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                replayed.Add(rows.GetInt64(0));
            }
        }

        replayed.Sort();
        if (note is not null && replayed.Count > 0)
        {
            await note(connection, replayed, cancel);
        }

        await transaction.CommitAsync(cancel);
        return replayed;
    }

    private async Task<IReadOnlyList<DeadMessage>> DeadAsync(
        string direction,
        long before,
        int limit,
        CancellationToken cancel
    )
    {
        await using var command = _primary.CreateCommand(
            $"""
            select id, topic, key, payload, attempts, coalesce(last_error, ''), created_at, updated_at, traceparent
            from {Sender}.local_message where status = -1 and id < $1 order by id {direction} limit $2
            """
        );
        command.Parameters.Add(Sql.Value(before));
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
                    await rows.GetFieldValueAsync<DateTimeOffset>(6, cancel),
                    await rows.GetFieldValueAsync<DateTimeOffset>(7, cancel),
                    await rows.IsDBNullAsync(8, cancel) ? null : rows.GetString(8)
                )
            );
        }

        return dead;
    }

    private static async Task<DateTimeOffset?> TimeAsync(
        NpgsqlDataReader row,
        int column,
        CancellationToken cancel
    ) =>
        await row.IsDBNullAsync(column, cancel)
            ? null
            : await row.GetFieldValueAsync<DateTimeOffset>(column, cancel);
}

/// <summary>The desk of one context, for whoever knows it.</summary>
public sealed class MessageDesk<TDb>(Database<TDb> database, TimeProvider clock)
    : MessageDesk(ContextName.Of<TDb>(), database.Primary, clock)
    where TDb : ContextDb;
