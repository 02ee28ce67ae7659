using Npgsql;
using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>A message as a worker claimed it.</summary>
public sealed record ClaimedMessage(
    long Id,
    string Topic,
    long Key,
    string Payload,
    int Attempts,
    string? TraceParent
);

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

/// <summary>The worker's side of one context's local message table. Every call is one statement on the primary.</summary>
public sealed class LocalMessages<TDb>(Database<TDb> database, TimeProvider clock)
    where TDb : ContextDb
{
    /// <summary>The context whose table this is, such as <c>orders</c>: the <c>Sender</c> of what it delivers.</summary>
    public string Sender { get; } = ContextName.Of<TDb>();

    /// <summary>The channel of NOTIFY that rings when a message was written.</summary>
    public string Channel => MessageSql.Channel(Sender);

    /// <summary>
    /// Takes the oldest messages that are due and leases them to <paramref name="owner"/>; two workers never get one
    /// message. A message waits until every earlier one of its key is confirmed.
    /// </summary>
    /// <returns>At most <paramref name="limit"/>, oldest first.</returns>
    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        string owner,
        int limit,
        TimeSpan lease,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        await using var command = database.Primary.CreateCommand(
            $"""
            with due as (
                select id from {Sender}.local_message m
                where (status = 0 or (status = 1 and lease_until < $2)) and next_attempt_at <= $2
                  and not exists (
                      select from {Sender}.local_message earlier
                      where earlier.key = m.key and earlier.id < m.id and earlier.status <> 2)
                order by id limit $3
                for update skip locked)
            update {Sender}.local_message m
            set status = 1, attempts = attempts + 1, lease_owner = $1, lease_until = $4, updated_at = $2
            from due where m.id = due.id
            returning m.id, m.topic, m.key, m.payload, m.attempts, m.traceparent
            """
        );
        command.Parameters.Add(Sql.Value(owner));
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value(limit));
        command.Parameters.Add(Sql.Value(now + lease));

        var claimed = new List<ClaimedMessage>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            claimed.Add(
                new(
                    rows.GetInt64(0),
                    rows.GetString(1),
                    rows.GetInt64(2),
                    rows.GetString(3),
                    rows.GetInt32(4),
                    await rows.IsDBNullAsync(5, cancel) ? null : rows.GetString(5)
                )
            );
        }

        claimed.Sort((left, right) => left.Id.CompareTo(right.Id));
        return claimed;
    }

    /// <summary>The worker lives and is still at it: what it holds of these stays its own for another term.</summary>
    public Task RenewAsync(string owner, IReadOnlyList<long> ids, TimeSpan lease, CancellationToken cancel) =>
        ExecuteAsync(
            $"""
            update {Sender}.local_message set lease_until = $3
            where id = any($1) and lease_owner = $2 and status = 1
            """,
            [Sql.Value(ids.ToArray()), Sql.Value(owner), Sql.Value(clock.GetUtcNow() + lease)],
            cancel
        );

    /// <summary>The receiver has committed: these are done, whoever holds the lease by now.</summary>
    public Task ConfirmAsync(IReadOnlyList<long> ids, CancellationToken cancel) =>
        ExecuteAsync(
            $"""
            update {Sender}.local_message
            set status = 2, lease_owner = null, lease_until = null, last_error = null, updated_at = $2
            where id = any($1) and status <> 2
            """,
            [Sql.Value(ids.ToArray()), Sql.Value(clock.GetUtcNow())],
            cancel
        );

    /// <summary>A try failed: the message waits until <paramref name="nextAttemptAt"/>, or is parked as dead where that is null.</summary>
    public Task PutBackAsync(
        long id,
        string owner,
        DateTimeOffset? nextAttemptAt,
        string reason,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        return ExecuteAsync(
            $"""
            update {Sender}.local_message
            set status = $3, next_attempt_at = $4, last_error = $5,
                lease_owner = null, lease_until = null, updated_at = $6
            where id = $1 and lease_owner = $2 and status = 1
            """,
            [
                Sql.Value(id),
                Sql.Value(owner),
                Sql.Value((short)(nextAttemptAt is null ? MessageStatus.Dead : MessageStatus.Pending)),
                Sql.Value(nextAttemptAt ?? now),
                Sql.Value(reason[..Math.Min(reason.Length, 2000)]),
                Sql.Value(now),
            ],
            cancel
        );
    }

    /// <summary>Removes messages confirmed, and inbox entries made, before a moment; at most <paramref name="limit"/> of each.</summary>
    /// <returns>How many rows went.</returns>
    public Task<int> RemoveDoneAsync(DateTimeOffset before, int limit, CancellationToken cancel) =>
        ExecuteAsync(
            $"""
            with old_inbox as (
                delete from {Sender}.inbox where (sender, message_id) in (
                    select sender, message_id from {Sender}.inbox where taken_at < $1 limit $2))
            delete from {Sender}.local_message where id in (
                select id from {Sender}.local_message where status = 2 and updated_at < $1 limit $2)
            """,
            [Sql.Value(before), Sql.Value(limit)],
            cancel
        );

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
    public Task<int> ReplayAsync(IReadOnlyList<long>? ids, CancellationToken cancel) =>
        ExecuteAsync(
            $"""
            update {Sender}.local_message set status = 0, attempts = 0, next_attempt_at = $2, updated_at = $2
            where status = -1 and ($1::bigint[] is null or id = any($1))
            """,
            [Sql.Value(ids?.ToArray()), Sql.Value(clock.GetUtcNow())],
            cancel
        );

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

    private async Task<int> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
