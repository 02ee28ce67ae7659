using Npgsql;
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
        var keys = all.ToArray();
        // An order of which nothing is new has a row as well, but no step.
        var steps = await _database.WarmPrimary.ListAsync(
            $"""
            select asked.n::int, {StepRows.Columns}
            from unnest(
                {Column(asked => asked.Order.Value)}, {Column(asked => asked.Access.Customer?.Value)},
                {Column(asked => asked.Access.AccessKey.Hash)}, {Column(asked => asked.Access.IsStaff)},
                {Column(asked => asked.After)}) with ordinality as asked(id, customer, hash, staff, after, n)
            cross join lateral (
                select id, customer_id, access_key_hash, version
                from orders."order" where id = asked.id limit 1) o
            left join orders.order_event step
                on step.order_id = asked.id and step.sequence > coalesce(asked.after, o.version - 1)
            where o.customer_id = asked.customer or o.access_key_hash = asked.hash or asked.staff
            order by asked.n, step.sequence
            """,
            row => (Asked: keys[row.GetInt32(0) - 1], Step: row.IsDBNull(5) ? null : row.Step(1)),
            CancellationToken.None
        );
        return steps
            .GroupBy(row => row.Asked, row => row.Step)
            .ToDictionary(
                story => story.Key,
                story => (IReadOnlyList<OrderStatusChanged>)[.. story.OfType<OrderStatusChanged>()]
            );

        NpgsqlParameter Column<T>(Func<Asked, T> of) => Sql.Column(keys, of);
    }

    private async Task<IReadOnlyDictionary<CustomerId, IReadOnlyList<OrderStatusChanged>>> ReadLastAsync(
        IReadOnlyCollection<CustomerId> all
    )
    {
        var steps = await _database.WarmPrimary.ListAsync(
            $"""
            select {StepRows.Columns}
            from unnest({Sql.Column(all, customer => customer.Value)}) as asked(customer)
            cross join lateral (
                select id, version, customer_id from orders."order"
                where customer_id = asked.customer order by id desc limit {MaxOrders}) o
            join orders.order_event step on step.order_id = o.id and step.sequence = o.version
            order by step.at, o.id
            """,
            row => row.Step(0),
            CancellationToken.None
        );
        return steps
            .GroupBy(step => step.Customer!.Value)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<OrderStatusChanged>)group.ToList());
    }

    private readonly record struct Asked(OrderId Order, OrderAccess Access, int? After);
}
