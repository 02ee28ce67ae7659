using Shop.Data.Audit;
using Shop.Data.Storage.Bookmarks;

namespace Shop.Data.Orders.Feed;

/// <summary>How far somebody outside has read the steps of orders.</summary>
/// <param name="Reader">Who, such as <c>kafka</c>.</param>
/// <param name="KeptAt">When something was last brought to them; null where nothing was yet.</param>
/// <param name="RestartsFrom">The moment from which staff wants all again; null where that is done, or nobody said so.</param>
/// <param name="IsStopped">Whether it stands still until staff says from where.</param>
public sealed record FeedState(
    string Reader,
    DateTimeOffset? KeptAt,
    DateTimeOffset? RestartsFrom,
    bool IsStopped
);

/// <summary>Names a restart of a feed: how often it was restarted by then.</summary>
internal readonly record struct FeedRestartId(long Value) : IRowId<FeedRestartId>
{
    /// <inheritdoc />
    public static FeedRestartId From(long value) => new(value);
}

/// <summary>The operator's side of the feed: how far its readers are, and from where they go on.</summary>
public sealed class FeedDesk(Database<OrdersDb> database, NewId newId, TimeProvider clock)
{
    /// <summary>All that were ever read; one statement.</summary>
    public async Task<IReadOnlyList<FeedState>> ListAsync(CancellationToken cancel) =>
        await database.Primary.ListAsync(
            $"""
            select b.reader, b.kept_at, b.since,
                b.snapshot is not null and (b.system_id, b.timeline) is distinct from (c.system, c.timeline)
            from orders.bookmark b cross join (select {ClusterMark.Columns}) as c(system, timeline)
            order by b.reader
            """,
            row => new FeedState(
                row.GetString(0),
                row.GetFieldValue<DateTimeOffset?>(1),
                row.GetFieldValue<DateTimeOffset?>(2),
                row.GetBoolean(3)
            ),
            cancel
        );

    /// <summary>
    /// Has all steps since a moment read again, in whichever cluster; those before it count as read. Said twice, it is said
    /// once, until the reading has begun.
    /// </summary>
    /// <param name="reader">For whom.</param>
    /// <param name="from">The moment, by the clocks that the steps have.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <returns>False where nobody of that name has read.</returns>
    public async Task<bool> RestartAsync(
        string reader,
        DateTimeOffset from,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var before = await connection.FindAsync(
            $"select turn, kept_at, since from orders.bookmark where reader = {Sql.Value(reader)} for update",
            row => new Before(
                row.GetInt32(0),
                row.GetFieldValue<DateTimeOffset?>(1),
                row.GetFieldValue<DateTimeOffset?>(2)
            ),
            cancel
        );
        if (before is null || before.Since == from)
        {
            return before is not null;
        }

        await connection.ExecuteAsync(
            $"""
            update orders.bookmark
            set snapshot = null, system_id = null, timeline = null, since = {Sql.Value(from)}, turn = turn + 1
            where reader = {Sql.Value(reader)}
            """,
            cancel
        );
        var audit = new AuditTrail(actor, "feedRestart", clock.GetUtcNow(), newId);
        audit.Note(
            "FeedRestart",
            new FeedRestartId(before.Turn + 1),
            new
            {
                reader,
                before.KeptAt,
                before.Since,
            },
            new { reader, since = from }
        );
        await audit.WriteAsync(connection, "orders", cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private sealed record Before(int Turn, DateTimeOffset? KeptAt, DateTimeOffset? Since);
}
