namespace Shop.Data.Orders.Consistency;

/// <summary>Units that an order was placed for, of one SKU, over all its lines.</summary>
public sealed record OrderedUnits(OrderId OrderId, OrderStatus Status, VariantId VariantId, long Units);

/// <summary>Where an order stands, and what it costs.</summary>
public sealed record OrderTotal(OrderId OrderId, OrderStatus Status, Money Total);

/// <summary>Where an order stands, and which promotions with limits it was promised.</summary>
public sealed record OrderUses(OrderId OrderId, OrderStatus Status, IReadOnlyList<PromotionId> Promotions);

/// <summary>What a verification of the shop reads of the orders. Reads the primary.</summary>
public sealed class OrderConsistency(Database<OrdersDb> database)
{
    /// <summary>What every order was placed for, by order and SKU. Streams.</summary>
    public IAsyncEnumerable<OrderedUnits> OrderedAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select o.id, o.status, l.variant_id, sum(l.quantity)
            from orders."order" o join orders.order_line l on l.order_id = o.id
            group by o.id, l.variant_id order by o.id, l.variant_id
            """,
            row => new OrderedUnits(
                new(row.GetInt64(0)),
                (OrderStatus)row.GetInt16(1),
                new(row.GetInt64(2)),
                row.GetInt64(3)
            ),
            cancel
        );

    /// <summary>All orders, by id. Streams.</summary>
    public IAsyncEnumerable<OrderTotal> TotalsAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select id, status, total_minor, currency from orders."order" order by id
            """,
            row => new OrderTotal(
                new(row.GetInt64(0)),
                (OrderStatus)row.GetInt16(1),
                new(row.GetInt64(2), row.GetString(3))
            ),
            cancel
        );

    /// <summary>Orders that take uses of promotions with limits, by id. Streams.</summary>
    public IAsyncEnumerable<OrderUses> UsesAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select id, status, uses::text from orders."order" where uses is not null order by id
            """,
            row => new OrderUses(
                new(row.GetInt64(0)),
                (OrderStatus)row.GetInt16(1),
                StoredJson.Read<IReadOnlyList<PromotionId>>(row.GetString(2))
            ),
            cancel
        );

    /// <summary>Orders whose version and status are not those of their last event; none in a sound shop.</summary>
    public IAsyncEnumerable<OrderId> WithBrokenStoryAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select o.id from orders."order" o
            left join lateral (
                select count(*) as steps, max(sequence) as last from orders.order_event where order_id = o.id) e on true
            left join orders.order_event s on s.order_id = o.id and s.sequence = e.last
            where e.steps <> o.version or e.last is distinct from o.version or s.to_status is distinct from o.status
            order by o.id
            """,
            row => new OrderId(row.GetInt64(0)),
            cancel
        );

    /// <summary>Orders of which lines or events are there, but not the order; none in a sound shop. No constraint holds this.</summary>
    public IAsyncEnumerable<OrderId> InPartsAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select p.order_id from (
                select order_id from orders.order_line union select order_id from orders.order_event) p
            where not exists (select from orders."order" o where o.id = p.order_id)
            order by p.order_id
            """,
            row => new OrderId(row.GetInt64(0)),
            cancel
        );
}
