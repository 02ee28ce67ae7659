using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>Compensation: gives back what orders hold, many in one transaction. An order that holds nothing changes nothing.</summary>
public sealed class RestockOrders(
    Database<InventoryDb> database,
    Receivers receivers,
    StockAnnouncements announcements,
    TimeProvider clock
)
{
    /// <summary>Does what was not done before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<RestockRequested>> requests, CancellationToken cancel)
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var inbox = new Inbox("inventory", clock.GetUtcNow());
        var fresh = await inbox.TakeAsync(connection, requests, cancel);
        long[] orders = [.. fresh.Select(request => request.Body.OrderId.Value)];
        var moved = await GiveBackAsync(connection, orders, inbox.Now, cancel);
        await StockFacts.TellAsync(connection, receivers, moved, inbox.Now, cancel);
        await transaction.CommitAsync(cancel);
        StopPoint.Reach("restock committed, nobody told");
        await announcements.PublishAsync([.. moved.Select(level => level.VariantId)]);
    }

    /// <returns>The levels of the SKUs of which something was given back.</returns>
    private static Task<List<VariantLevel>> GiveBackAsync(
        NpgsqlConnection connection,
        long[] orders,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var at = Sql.Value(now);
        return connection.ListAsync(
            $"""
            with held as (
                select order_id, variant_id, -sum(units)::int as units
                from inventory.stock_movement where order_id = any({Sql.Value(orders)})
                group by order_id, variant_id having sum(units) < 0),
            locked as materialized (
                select variant_id from inventory.stock
                where variant_id in (select variant_id from held) order by variant_id for update),
            levels as (
                update inventory.stock s
                set available = s.available + h.units, version = s.version + 1, updated_at = {at}
                from (select variant_id, sum(units) as units from held group by variant_id) h
                join locked using (variant_id)
                where s.variant_id = h.variant_id
                returning s.variant_id, s.available, s.version, -h.units::int as sold),
            movements as (
                insert into inventory.stock_movement (order_id, variant_id, kind, units, at)
                select order_id, variant_id, {(short)MovementKind.Restocked}, units, {at} from held)
            select variant_id, available, version, sold from levels
            """,
            StockFacts.Level,
            cancel
        );
    }
}
