using Shop.Data.Orders.Keys;

namespace Shop.Data.Orders;

/// <summary>
/// Reads the steps of orders for those who watch them. Many ask at the same moment, such as when Redis is back after a
/// restart: they share their reads. Reads the primary, since an announced step may not have reached a replica.
/// </summary>
public sealed class OrderStories
{
    /// <summary>How far back the orders of a customer are looked at: the newest ones, as many as this.</summary>
    public const int MaxOrders = 1000;

    private readonly Database<OrdersDb> _database;
    private readonly SharedReads<Asked, IReadOnlyList<OrderStatusChanged>> _ofOrders;
    private readonly SharedReads<CustomerId, IReadOnlyList<OrderStatusChanged>> _ofCustomers;

    public OrderStories(Database<OrdersDb> database)
    {
        _database = database;
        _ofOrders = new(ReadAsync);
        _ofCustomers = new(ReadLastAsync);
    }

    /// <summary>What happened to an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="access">On what grounds they watch it.</param>
    /// <param name="after">The last version that is known already; null asks for the last step alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Oldest first, none where nothing happened since. Null if there is no such order, or it is not theirs.</returns>
    public Task<IReadOnlyList<OrderStatusChanged>?> ReadAsync(
        OrderId order,
        OrderAccess access,
        int? after,
        CancellationToken cancel
    ) => _ofOrders.ReadAsync(new(order, access, after), cancel);

    /// <summary>The last step of each of a customer's orders, of the newest <see cref="MaxOrders"/>.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The oldest step first.</returns>
    public async Task<IReadOnlyList<OrderStatusChanged>> ReadLastAsync(
        CustomerId customer,
        CancellationToken cancel
    ) => await _ofCustomers.ReadAsync(customer, cancel) ?? [];

    private async Task<IReadOnlyDictionary<Asked, IReadOnlyList<OrderStatusChanged>>> ReadAsync(
        IReadOnlyCollection<Asked> all
    )
    {
        await using var command = _database.WarmPrimary.CreateCommand(
            $"""
            select asked.n::int, {StepRows.Columns}
            from unnest($1, $2, $3, $4, $5) with ordinality as asked(id, customer, hash, staff, after, n)
            cross join lateral (
                select id, customer_id, access_key_hash, version
                from orders."order" where id = asked.id limit 1) o
            left join orders.order_event step
                on step.order_id = asked.id and step.sequence > coalesce(asked.after, o.version - 1)
            where o.customer_id = asked.customer or o.access_key_hash = asked.hash or asked.staff
            order by asked.n, step.sequence
            """
        );
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.Order.Value).ToArray()));
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.Access.Customer?.Value).ToArray()));
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.Access.AccessKey.Hash).ToArray()));
        command.Parameters.Add(Sql.Value(all.Select(asked => asked.Access.IsStaff).ToArray()));
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

            // An order of which nothing is new has a row as well, but no step.
            if (!await rows.IsDBNullAsync(5))
            {
                ((List<OrderStatusChanged>)story).Add(await rows.StepAsync(1, CancellationToken.None));
            }
        }

        return stories;
    }

    private async Task<IReadOnlyDictionary<CustomerId, IReadOnlyList<OrderStatusChanged>>> ReadLastAsync(
        IReadOnlyCollection<CustomerId> all
    )
    {
        await using var command = _database.WarmPrimary.CreateCommand(
            $"""
            select {StepRows.Columns}
            from unnest($1) as asked(customer)
            cross join lateral (
                select id, version, customer_id from orders."order"
                where customer_id = asked.customer order by id desc limit {MaxOrders}) o
            join orders.order_event step on step.order_id = o.id and step.sequence = o.version
            order by step.at, o.id
            """
        );
        command.Parameters.Add(Sql.Value(all.Select(customer => customer.Value).ToArray()));
        var steps = new List<OrderStatusChanged>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            steps.Add(await rows.StepAsync(0, CancellationToken.None));
        }

        return steps
            .GroupBy(step => step.Customer!.Value)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<OrderStatusChanged>)group.ToList());
    }

    private readonly record struct Asked(OrderId Order, OrderAccess Access, int? After);
}
