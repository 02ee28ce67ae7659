using System.Text;
using Npgsql;

namespace Shop.Data.Messages;

/// <summary>A message as a worker claimed it.</summary>
public sealed record ClaimedMessage(
    long Id,
    string Topic,
    string Receiver,
    long Key,
    string Payload,
    int Attempts,
    string? TraceParent
);

/// <summary>The worker's side of one context's local message table. Every call is one round trip to the primary.</summary>
public sealed class LocalMessages<TDb>(Database<TDb> database, TimeProvider clock)
    where TDb : ContextDb
{
    private readonly SqlText _table = Sql.Raw($"{ContextName.Of<TDb>()}.local_message");

    /// <summary>The context whose table this is, such as <c>orders</c>: the <c>Sender</c> of what it delivers.</summary>
    public string Sender { get; } = ContextName.Of<TDb>();

    /// <summary>The channel of NOTIFY that tells when a message was written.</summary>
    public string Channel => MessageSql.Channel(Sender);

    /// <summary>
    /// Takes the oldest messages that are due for some receivers and leases them to <paramref name="owner"/>; two workers
    /// never get one message. A message waits until every earlier one of its key to its receiver is confirmed.
    /// </summary>
    /// <remarks>
    /// Touches no indexed column, so that no index is written: a claim is half of what a message costs. A message that
    /// never failed is due, whatever its times say: its writer's clock may be ahead. A lease, or a retry, that lies further
    /// ahead than any is given was given before the clock was set back; it is not waited for. What an owner still holds
    /// when it comes again it could not finish, as when PostgreSQL went away under it. The first of a key is looked up for
    /// each message on its own: as a join, it was planned for the empty table that it is at rest, and took 100 ms where a
    /// thousand messages waited. So are the oldest of each receiver: what waits for one that is away is not looked through.
    /// </remarks>
    /// <param name="done">
    /// What the owner took before and their receivers have committed: these are confirmed first, even if another
    /// worker holds the lease by now.
    /// </param>
    /// <param name="owner">One worker, which has ended what it took before it comes again.</param>
    /// <param name="receivers">Whose messages it takes.</param>
    /// <param name="limit">The most it takes for each of them.</param>
    /// <param name="lease">How long no other worker gets them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Oldest first; no two of a receiver with the same key.</returns>
    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        IReadOnlyList<long> done,
        string owner,
        IReadOnlyList<string> receivers,
        int limit,
        TimeSpan lease,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        // Twice the lease: the clocks of nodes may differ by as much as one.
        var (worker, at, far) = (Sql.Value(owner), Sql.Value(now), Sql.Value(now + 2 * lease));
        var claim = Sql.Batched(
            $"""
            with due as (
                select oldest.id from unnest({Sql.Value(receivers.ToArray())}) as r(receiver)
                cross join lateral (
                    select id from {_table} m
                    where m.receiver = r.receiver and status = 0
                      and (lease_until is null or lease_owner = {worker} or not lease_until between {at} and {far})
                      and (next_attempt_at = created_at or next_attempt_at <= {at} or updated_at > {far})
                      and id = (
                          select min(id) from {_table}
                          where receiver = m.receiver and key = m.key and status <> 2)
                    order by id limit {Sql.Value(limit)}
                    for update skip locked) oldest)
            update {_table} m
            set attempts = attempts + 1, lease_owner = {worker}, lease_until = {Sql.Value(now + lease)}
            from due where m.id = due.id
            returning m.id, m.topic, m.receiver, m.key, m.payload, m.attempts, m.traceparent
            """
        );

        // One transaction, whose commit does not wait for the disk. Should PostgreSQL fall before it is written, a claim that
        // is forgotten is made again, and what was confirmed is delivered once more and found in the inbox.
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(Confirm(done, now));
        batch.BatchCommands.Add(claim);
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        // Past the setting; a confirmation has no rows.
        await rows.NextResultAsync(cancel);
        var claimed = await rows.ListAsync(
            row => new ClaimedMessage(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetString(4),
                row.GetInt32(5),
                row.GetValue(6) as string
            ),
            cancel
        );
        claimed.Sort((left, right) => left.Id.CompareTo(right.Id));
        return claimed;
    }

    /// <summary>The worker lives and is still at it: what it holds of these stays its own for another term.</summary>
    public Task RenewAsync(string owner, IReadOnlyList<long> ids, TimeSpan lease, CancellationToken cancel) =>
        database.WarmPrimary.ExecuteAsync(
            $"""
            update {_table} set lease_until = {Sql.Value(clock.GetUtcNow() + lease)}
            where id = any({Sql.Value(ids.ToArray())}) and lease_owner = {Sql.Value(owner)} and status = 0
            """,
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
        var status = nextAttemptAt is null ? MessageStatus.Dead : MessageStatus.Pending;
        return database.WarmPrimary.ExecuteAsync(
            $"""
            update {_table}
            set status = {Sql.Value((short)status)}, next_attempt_at = {Sql.Value(nextAttemptAt ?? now)},
                last_error = {Sql.Value(Short(reason))}, lease_owner = null, lease_until = null,
                updated_at = {Sql.Value(now)}
            where id = {Sql.Value(id)} and lease_owner = {Sql.Value(owner)} and status = 0
            """,
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
        database.WarmPrimary.ExecuteAsync(
            $"""
            update {_table}
            set attempts = attempts - 1, next_attempt_at = {Sql.Value(nextAttemptAt)},
                last_error = {Sql.Value(Short(reason))}, lease_owner = null, lease_until = null,
                updated_at = {Sql.Value(clock.GetUtcNow())}
            where id = any({Sql.Value(ids.ToArray())}) and lease_owner = {Sql.Value(owner)} and status = 0
            """,
            cancel
        );

    // A reason may quote what is at fault, and the cut may part a surrogate pair: PostgreSQL stores neither that nor NUL.
    private static string Short(string reason) =>
        Encoding
            .UTF8.GetString(Encoding.UTF8.GetBytes(reason[..Math.Min(reason.Length, 2000)]))
            .Replace('\0', '\uFFFD');

    private NpgsqlBatchCommand Confirm(IReadOnlyList<long> done, DateTimeOffset now) =>
        Sql.Batched(
            $"""
            update {_table}
            set status = 2, lease_owner = null, lease_until = null, last_error = null,
                updated_at = {Sql.Value(now)}
            where id = any({Sql.Value(done.ToArray())})
            """
        );
}
