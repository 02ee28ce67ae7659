using Npgsql;

namespace Shop.Data.Orders.Keys;

/// <summary>
/// Gives a guest's order to the customer who has its access key. Done twice, it is done: it stays with the first customer.
/// The key goes on to open it.
/// </summary>
public sealed class ClaimOrder(
    Database<OrdersDb> database,
    OrderAnnouncements announcements,
    WritePositions positions
)
{
    /// <param name="id">Which order; or its <paramref name="number"/>.</param>
    /// <param name="number">Which order.</param>
    /// <param name="accessKey">Proves that it was placed by them.</param>
    /// <param name="customer">Whose it becomes.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>The order; null where there is none that this key opens, or it is another customer's by now.</returns>
    public async Task<OrderId?> RunAsync(
        OrderId? id,
        OrderNumber? number,
        AccessKey accessKey,
        CustomerId customer,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        if (await TakeAsync(connection, id, number, accessKey, customer, cancel) is not { } lastStep)
        {
            return null;
        }

        await positions.MarkAsync(
            [.. new OrderAccess(customer, accessKey, IsStaff: false).Subjects],
            await connection.PositionAsync(cancel)
        );
        // A client that watches all of the customer's orders, on another device, sees one more.
        await announcements.TellCustomersAsync([lastStep]);
        return lastStep.OrderId;
    }

    private static Task<OrderStatusChanged?> TakeAsync(
        NpgsqlConnection connection,
        OrderId? id,
        OrderNumber? number,
        AccessKey accessKey,
        CustomerId customer,
        CancellationToken cancel
    )
    {
        var owner = Sql.Value(customer.Value);
        return connection.FindAsync(
            $"""
            with o as (
                update orders."order" set customer_id = {owner}
                where (id = {Sql.Value(id?.Value)} or number = {Sql.Value(number?.Sequence)})
                    and access_key_hash = {Sql.Value(accessKey.Hash)}
                    and (customer_id is null or customer_id = {owner})
                returning id, customer_id, version)
            select {StepRows.Columns}
            from o join orders.order_event step on step.order_id = o.id and step.sequence = o.version
            """,
            row => row.Step(0),
            cancel
        );
    }
}
