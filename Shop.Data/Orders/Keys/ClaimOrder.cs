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

    private static async Task<OrderStatusChanged?> TakeAsync(
        NpgsqlConnection connection,
        OrderId? id,
        OrderNumber? number,
        AccessKey accessKey,
        CustomerId customer,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            with o as (
                update orders."order" set customer_id = $4
                where (id = $1 or number = $2) and access_key_hash = $3
                    and (customer_id is null or customer_id = $4)
                returning id, customer_id, version)
            select {StepRows.Columns}
            from o join orders.order_event step on step.order_id = o.id and step.sequence = o.version
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(id?.Value));
        command.Parameters.Add(Sql.Value(number?.Sequence));
        command.Parameters.Add(Sql.Value(accessKey.Hash));
        command.Parameters.Add(Sql.Value(customer.Value));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? await rows.StepAsync(0, cancel) : null;
    }
}
