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

/// <summary>The worker's side of one context's local message table. Every call is one round trip to the primary.</summary>
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
    /// <remarks>
    /// Touches no indexed column, so that no index is written: a claim is half of what a message costs. A message that
    /// never failed is due, whatever its times say: its writer's clock may be ahead. A lease, or a retry, that lies further
    /// ahead than any is given was given before the clock was set back; it is not waited for. What an owner still holds
    /// when it comes again it could not finish, as when PostgreSQL went away under it. The first of a key is looked up for
    /// each message on its own: as a join, it was planned for the empty table that it is at rest, and took 100 ms where a
    /// thousand messages waited.
    /// </remarks>
    /// <param name="done">
    /// What the owner took before and their receivers have committed: these are confirmed first, whoever holds the lease by now.
    /// </param>
    /// <param name="owner">One worker, which has ended what it took before it comes again.</param>
    /// <param name="limit">The most it takes.</param>
    /// <param name="lease">How long nobody else gets them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>At most <paramref name="limit"/>, oldest first.</returns>
    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        IReadOnlyList<long> done,
        string owner,
        int limit,
        TimeSpan lease,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var claim = new NpgsqlBatchCommand(
            $"""
            with due as (
                select id from {Sender}.local_message m
                where status = 0
                  and (lease_until is null or lease_owner = $1 or not lease_until between $2 and $5)
                  and (next_attempt_at = created_at or next_attempt_at <= $2 or updated_at > $5)
                  and id = (
                      select min(id) from {Sender}.local_message
                      where key = m.key and status <> 2)
                order by id limit $3
                for update skip locked)
            update {Sender}.local_message m
            set attempts = attempts + 1, lease_owner = $1, lease_until = $4
            from due where m.id = due.id
            returning m.id, m.topic, m.key, m.payload, m.attempts, m.traceparent
            """
        );
        claim.Parameters.Add(Sql.Value(owner));
        claim.Parameters.Add(Sql.Value(now));
        claim.Parameters.Add(Sql.Value(limit));
        claim.Parameters.Add(Sql.Value(now + lease));
        // Twice: the clocks of nodes may differ by as much as a lease.
        claim.Parameters.Add(Sql.Value(now + 2 * lease));

        // One transaction, whose commit does not wait for the disk. Should PostgreSQL fall before it is written, a claim that
        // is forgotten is made again, and what was confirmed is delivered once more and found in the inbox.
        await using var batch = database.WarmPrimary.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(Confirm(done, now));
        batch.BatchCommands.Add(claim);
        var claimed = new List<ClaimedMessage>();
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        // Past the setting; a confirmation has no rows.
        await rows.NextResultAsync(cancel);
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
            where id = any($1) and lease_owner = $2 and status = 0
            """,
            [Sql.Value(ids.ToArray()), Sql.Value(owner), Sql.Value(clock.GetUtcNow() + lease)],
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
            where id = $1 and lease_owner = $2 and status = 0
            """,
            [
                Sql.Value(id),
                Sql.Value(owner),
                Sql.Value((short)(nextAttemptAt is null ? MessageStatus.Dead : MessageStatus.Pending)),
                Sql.Value(nextAttemptAt ?? now),
                Sql.Value(Short(reason)),
                Sql.Value(now),
            ],
            cancel
        );
    }

    /// <summary>They could not be tried, for a store was away: they wait, and it does not count as a try.</summary>
    public Task ReleaseAsync(
        IReadOnlyList<long> ids,
        string owner,
        DateTimeOffset nextAttemptAt,
        string reason,
        CancellationToken cancel
    ) =>
        ExecuteAsync(
            $"""
            update {Sender}.local_message
            set attempts = attempts - 1, next_attempt_at = $3, last_error = $4,
                lease_owner = null, lease_until = null, updated_at = $5
            where id = any($1) and lease_owner = $2 and status = 0
            """,
            [
                Sql.Value(ids.ToArray()),
                Sql.Value(owner),
                Sql.Value(nextAttemptAt),
                Sql.Value(Short(reason)),
                Sql.Value(clock.GetUtcNow()),
            ],
            cancel
        );

    /// <summary>Removes messages confirmed, and inbox entries made, before a moment; at most <paramref name="limit"/> of each.</summary>
    /// <returns>How many rows went, of both; zero when nothing is left to remove.</returns>
    public async Task<int> RemoveDoneAsync(DateTimeOffset before, int limit, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            $"""
            with old_inbox as (
                delete from {Sender}.inbox where (sender, message_id) in (
                    select sender, message_id from {Sender}.inbox where taken_at < $1 limit $2)
                returning 1),
            old_messages as (
                delete from {Sender}.local_message where id in (
                    select id from {Sender}.local_message
                    where status = 2 and created_at < $1 and updated_at < $1 limit $2)
                returning 1)
            select count(*)::int from (select from old_inbox union all select from old_messages) as gone
            """
        );
        command.Parameters.Add(Sql.Value(before));
        command.Parameters.Add(Sql.Value(limit));
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static string Short(string reason) => reason[..Math.Min(reason.Length, 2000)];

    private NpgsqlBatchCommand Confirm(IReadOnlyList<long> done, DateTimeOffset now)
    {
        var confirm = new NpgsqlBatchCommand(
            $"""
            update {Sender}.local_message
            set status = 2, lease_owner = null, lease_until = null, last_error = null, updated_at = $2
            where id = any($1)
            """
        );
        confirm.Parameters.Add(Sql.Value(done.ToArray()));
        confirm.Parameters.Add(Sql.Value(now));
        return confirm;
    }

    private async Task<int> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.WarmPrimary.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
