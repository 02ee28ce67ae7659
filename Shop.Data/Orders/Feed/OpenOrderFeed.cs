using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Storage.Bookmarks;

namespace Shop.Data.Orders.Feed;

/// <summary>
/// The feed in the hands of its one reader: what is new is read, taken elsewhere, and kept as read. All of it goes over the one
/// connection that holds the lock: who lost that can keep nothing. Not thread-safe.
/// </summary>
public sealed class OpenOrderFeed : IAsyncDisposable
{
    private static readonly SqlText _schema = Sql.Raw("orders");

    private readonly NpgsqlConnection _connection;
    private readonly string _reader;
    private readonly TimeProvider _clock;
    private volatile bool _hasRung;

    internal OpenOrderFeed(NpgsqlConnection connection, string reader, TimeProvider clock)
    {
        (_connection, _reader, _clock) = (connection, reader, clock);
        // Also heard while a statement runs.
        connection.Notification += (_, _) => _hasRung = true;
    }

    /// <summary>Takes the lock, and listens; false where another has it.</summary>
    internal async Task<bool> TryBeginAsync(CancellationToken cancel)
    {
        var name = Sql.Value($"feed of orders to {_reader}");
        if (
            !await _connection.ScalarAsync<bool>(
                $"select pg_try_advisory_lock(hashtextextended({name}, 0))",
                cancel
            )
        )
        {
            return false;
        }

        await using var listen = new NpgsqlCommand($"listen {MessageSql.Channel("orders")}", _connection);
        await listen.ExecuteNonQueryAsync(cancel);
        return true;
    }

    /// <summary>
    /// Reads what is new since it was last kept: by order, and of an order in the order of its versions. It does so on one
    /// snapshot, in one statement, however much there is: a later step is never read without the earlier.
    /// </summary>
    /// <param name="take">Takes a step. While it waits, the snapshot stays open.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OtherClusterException">What is new cannot be told.</exception>
    public async Task<OrderReading> ReadAsync(
        Func<ToldStep, CancellationToken, Task> take,
        CancellationToken cancel
    )
    {
        _hasRung = false;
        var bookmark = await _connection.BookmarkAsync(_schema, _reader, cancel);
        var count = 0;
        Bookmark? next = null;
        await foreach (var row in _connection.StreamAsync(NewSteps(bookmark), FoundOf, cancel))
        {
            if (next is null && !bookmark.IsGoodIn(row.Cluster))
            {
                throw new OtherClusterException(_reader);
            }

            next ??= bookmark with { Seen = PastSnapshot.Parse(row.Seen), Cluster = row.Cluster };
            if (row.Step is { } step)
            {
                count++;
                await take(step, cancel);
            }
        }

        // There is a row always, for the snapshot.
        return new(count, next!, IsMove: count > 0 || bookmark.Seen is null);
    }

    /// <summary>What was read has arrived: the next reading begins behind it.</summary>
    /// <returns>False where staff has said meanwhile from where; then that holds.</returns>
    public Task<bool> KeepAsync(OrderReading reading, CancellationToken cancel) =>
        reading.IsMove
            ? _connection.KeepAsync(_schema, reading.Next, _clock.GetUtcNow(), cancel)
            : Task.FromResult(true);

    /// <summary>Returns when orders may have moved: at once where a bell has rung since the last reading began.</summary>
    /// <param name="atMost">How long it waits for a bell; not every step rings one.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task AwaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!_hasRung)
        {
            await _connection.WaitAsync(atMost, cancel);
        }
    }

    /// <summary>With the connection, the lock is gone.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static SqlText NewSteps(Bookmark bookmark) =>
        Sql.Part(
            $"""
            with now as materialized (select pg_current_snapshot()::text, {ClusterMark.Columns})
            select now.*, step.* from now left join (
                select e.order_id, o.number, e.sequence, e.from_status, e.to_status, e.at, o.total_minor, o.currency,
                    (select json_agg(json_build_object('sku', sku, 'title', title, 'quantity', quantity,
                        'unitPriceMinor', unit_price_minor) order by position)
                     from orders.order_line where order_id = e.order_id),
                    e.traceparent
                from orders.order_event e join orders."order" o on o.id = e.order_id
                where {bookmark.IsNew(Sql.Raw("e"))}) step on true
            order by step.order_id, step.sequence
            """
        );

    private static Found FoundOf(NpgsqlDataReader row) =>
        new(row.GetString(0), ClusterMark.Of(row, 1), row.IsDBNull(3) ? null : StepOf(row));

    private static ToldStep StepOf(NpgsqlDataReader row) =>
        new(
            new(row.GetInt64(3)),
            new(row.GetInt64(4)),
            row.GetInt32(5),
            (OrderStatus?)row.GetFieldValue<short?>(6),
            (OrderStatus)row.GetInt16(7),
            row.GetFieldValue<DateTimeOffset>(8),
            new(row.GetInt64(9), row.GetString(10)),
            row.IsDBNull(11) ? [] : StoredJson.Read<IReadOnlyList<ToldLine>>(row.GetString(11))
        )
        {
            TraceParent = row.IsDBNull(12) ? null : row.GetString(12),
        };

    private sealed record Found(string Seen, ClusterMark Cluster, ToldStep? Step);
}

/// <summary>What one reading has found.</summary>
/// <param name="Count">How many steps.</param>
/// <param name="Next">Where the next one begins.</param>
/// <param name="IsMove">Whether that is elsewhere.</param>
public sealed record OrderReading(int Count, Bookmark Next, bool IsMove);
