using System.Runtime.CompilerServices;

namespace Shop.Data.Orders.Consistency;

/// <summary>Units that an order was placed for, of one SKU, over all its lines.</summary>
public sealed record OrderedUnits(OrderId OrderId, OrderStatus Status, VariantId VariantId, long Units);

/// <summary>What a verification of the shop reads of the orders. Reads the primary.</summary>
public sealed class OrderConsistency(Database<OrdersDb> database)
{
    /// <summary>What every order was placed for, by order and SKU. Streams.</summary>
    public async IAsyncEnumerable<OrderedUnits> OrderedAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var command = database.Primary.CreateCommand(
            """
            select o.id, o.status, l.variant_id, sum(l.quantity)
            from orders."order" o join orders.order_line l on l.order_id = o.id
            group by o.id, l.variant_id order by o.id, l.variant_id
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new(
                new(rows.GetInt64(0)),
                (OrderStatus)rows.GetInt16(1),
                new(rows.GetInt64(2)),
                rows.GetInt64(3)
            );
        }
    }

    /// <summary>Orders whose version and status are not those of their last event; none in a sound shop.</summary>
    public IAsyncEnumerable<OrderId> WithBrokenStoryAsync(CancellationToken cancel) =>
        IdsAsync(
            """
            select o.id from orders."order" o
            left join lateral (
                select count(*) as steps, max(sequence) as last from orders.order_event where order_id = o.id) e on true
            left join orders.order_event s on s.order_id = o.id and s.sequence = e.last
            where e.steps <> o.version or e.last is distinct from o.version or s.to_status is distinct from o.status
            order by o.id
            """,
            cancel
        );

    /// <summary>Orders of which lines or events are there, but not the order; none in a sound shop. No constraint holds this.</summary>
    public IAsyncEnumerable<OrderId> InPartsAsync(CancellationToken cancel) =>
        IdsAsync(
            """
            select p.order_id from (
                select order_id from orders.order_line union select order_id from orders.order_event) p
            where not exists (select from orders."order" o where o.id = p.order_id)
            order by p.order_id
            """,
            cancel
        );

    private async IAsyncEnumerable<OrderId> IdsAsync(
        string sql,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var command = database.Primary.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new(rows.GetInt64(0));
        }
    }
}
