using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Data.Orders;

/// <summary>
/// Reads the steps of orders for those who watch them. Many ask at the same moment, such as when Redis is back after a
/// restart: they share their reads. Reads the primary, since an announced step may not have reached a replica.
/// </summary>
public sealed class OrderStories
{
    private readonly Database<OrdersDb> _database;
    private readonly SharedReads<Asked, IReadOnlyList<OrderStatusChanged>> _reads;

    public OrderStories(Database<OrdersDb> database)
    {
        _database = database;
        _reads = new(ReadAsync);
    }

    /// <summary>What happened to an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="accessKey">Shows it to whoever placed it.</param>
    /// <param name="after">The last version that is known already; null asks for the last step alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Oldest first, none where nothing happened since. Null if the key does not open such an order.</returns>
    public Task<IReadOnlyList<OrderStatusChanged>?> ReadAsync(
        OrderId order,
        AccessKey accessKey,
        int? after,
        CancellationToken cancel
    ) => _reads.ReadAsync(new(order, accessKey, after), cancel);

    private async Task<IReadOnlyDictionary<Asked, IReadOnlyList<OrderStatusChanged>>> ReadAsync(
        IReadOnlyCollection<Asked> all
    )
    {
        await using var command = _database.Primary.CreateCommand(
            """
            select asked.n::int, step.from_status, step.to_status, step.sequence, step.at
            from unnest($1, $2, $3) with ordinality as asked(id, hash, after, n)
            join orders."order" o on o.id = asked.id and o.access_key_hash = asked.hash
            left join orders.order_event step
                on step.order_id = asked.id and step.sequence > coalesce(asked.after, o.version - 1)
            order by asked.n, step.sequence
            """
        );
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.Order.Value).ToArray()));
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.AccessKey.Hash).ToArray()));
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.After).ToArray()));

        var keys = all.ToArray();
        var stories = new Dictionary<Asked, IReadOnlyList<OrderStatusChanged>>(keys.Length);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var asked = keys[rows.GetInt32(0) - 1];
            if (!stories.TryGetValue(asked, out var story))
            {
                stories.Add(asked, story = new List<OrderStatusChanged>());
            }

            if (!await rows.IsDBNullAsync(3))
            {
                ((List<OrderStatusChanged>)story).Add(
                    new(
                        asked.Order,
                        await rows.IsDBNullAsync(1) ? null : (OrderStatus)rows.GetInt16(1),
                        (OrderStatus)rows.GetInt16(2),
                        rows.GetInt32(3),
                        await rows.GetFieldValueAsync<DateTimeOffset>(4)
                    )
                );
            }
        }

        return stories;
    }

    private readonly record struct Asked(OrderId Order, AccessKey AccessKey, int? After);
}
