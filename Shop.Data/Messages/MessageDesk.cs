using Npgsql;

namespace Shop.Data.Messages;

/// <summary>
/// The operator's side of one context's local message table: what waits, what is dead, and another try for it. There is one
/// for each context that sends.
/// </summary>
public sealed class MessageDesk
{
    private readonly NpgsqlDataSource _primary;
    private readonly TimeProvider _clock;
    private readonly SqlText _table;

    internal MessageDesk(string sender, NpgsqlDataSource primary, TimeProvider clock) =>
        (Sender, _primary, _clock, _table) = (sender, primary, clock, Sql.Raw($"{sender}.local_message"));

    /// <summary>The context whose table this is, such as <c>orders</c>.</summary>
    public string Sender { get; }

    /// <summary>Counts what is not confirmed: the backlog of each receiver that has one, by its name. One statement.</summary>
    public async Task<IReadOnlyList<MessageBacklog>> BacklogAsync(CancellationToken cancel) =>
        await _primary.ListAsync(
            $"""
            select receiver,
                   count(*) filter (where status <> -1),
                   count(*) filter (where status <> -1 and lease_until > {Sql.Value(_clock.GetUtcNow())}),
                   count(*) filter (where status = -1),
                   min(created_at) filter (where status <> -1),
                   min(created_at)
            from {_table} where status <> 2 group by receiver order by receiver
            """,
            row => new MessageBacklog(
                row.GetString(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3),
                row.GetFieldValue<DateTimeOffset?>(4),
                row.GetFieldValue<DateTimeOffset>(5)
            ),
            cancel
        );

    /// <summary>When the oldest message was written that a context has not confirmed; null where it has taken all.</summary>
    public Task<DateTimeOffset?> OldestAsync(string receiver, CancellationToken cancel) =>
        _primary.FindAsync(
            $"select min(created_at) from {_table} where status <> 2 and receiver = {Sql.Value(receiver)}",
            row => row.GetFieldValue<DateTimeOffset?>(0),
            cancel
        );

    /// <summary>Messages that failed too often, newest first.</summary>
    /// <param name="receiver">Only those that this context should have heard; null for any.</param>
    /// <param name="before">Only those that were written before the one of this number; null for all.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<DeadMessage>> DeadAsync(
        string? receiver,
        long? before,
        int limit,
        CancellationToken cancel
    )
    {
        var only = Sql.Value(receiver);
        return await _primary.ListAsync(
            $"""
            select id, topic, receiver, key, payload, attempts, coalesce(last_error, ''), created_at, updated_at, traceparent
            from {_table}
            where status = -1 and id < {Sql.Value(before ?? long.MaxValue)}
              and ({only}::text is null or receiver = {only})
            order by id desc limit {Sql.Value(limit)}
            """,
            row => new DeadMessage(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetString(4),
                row.GetInt32(5),
                row.GetString(6),
                row.GetFieldValue<DateTimeOffset>(7),
                row.GetFieldValue<DateTimeOffset>(8),
                row.GetValue(9) as string
            ),
            cancel
        );
    }

    /// <summary>Gives dead messages as many tries as new ones have, from now on, oldest first.</summary>
    /// <param name="chosen">Which. Those that are not dead are left alone.</param>
    /// <param name="limit">The most of them.</param>
    /// <param name="note">Writes, in the same transaction, that it was done to these; null where no trail is kept.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <returns>Those that were dead, in the order of their writing.</returns>
    public async Task<IReadOnlyList<long>> ReplayAsync(
        ChosenMessages chosen,
        int limit,
        Func<NpgsqlConnection, IReadOnlyList<long>, CancellationToken, Task>? note,
        CancellationToken cancel
    )
    {
        var (ids, topic, receiver, now) = (
            Sql.Value(chosen.Ids?.ToArray()),
            Sql.Value(chosen.Topic),
            Sql.Value(chosen.Receiver),
            Sql.Value(_clock.GetUtcNow())
        );
        await using var connection = await _primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var replayed = await connection.ListAsync(
            $"""
            with chosen as (
                select id from {_table}
                where status = -1 and ({ids}::bigint[] is null or id = any({ids}))
                  and ({topic}::text is null or topic = {topic}) and ({receiver}::text is null or receiver = {receiver})
                order by id limit {Sql.Value(limit)}
                for update)
            update {_table} m set status = 0, attempts = 0, next_attempt_at = {now}, updated_at = {now}
            from chosen where m.id = chosen.id
            returning m.id
            """,
            row => row.GetInt64(0),
            cancel
        );
        replayed.Sort();
        if (note is not null && replayed.Count > 0)
        {
            await note(connection, replayed, cancel);
        }

        await transaction.CommitAsync(cancel);
        return replayed;
    }
}
