using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Calls off the orders whose payment is overdue and sends the messages that give their stock back: thousands in two
/// statements. An order that is being paid at this moment is locked, so it is left alone; its status decides next time.
/// </summary>
public sealed class CancelUnpaidOrders(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    TimeProvider clock
)
{
    /// <summary>Orders that one run cancels at most; some 100 ms of work.</summary>
    public const int BatchSize = 2000;

    /// <returns>How many orders were cancelled; zero where none is due.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var steps = new OrderSteps(receivers, clock.GetUtcNow());
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var order in await LockDueAsync(connection, cancel))
        {
            steps.Take(order, OrderStatus.Cancelled, OrderActors.Clock, "not paid in time");
            steps.Messages.Add(new RestockRequested(order.Id), traceParent: null);
        }

        if (steps.Taken.Count > 0)
        {
            await connection.ExecuteAsync([steps.Write()], cancel);
            await transaction.CommitAsync(cancel);
            StopPoint.Reach("unpaid orders cancelled, bell not rung");
            await connection.ExecuteAsync(Sql.Raw(MessageSql.Notify("orders")), cancel);
            await announcements.PublishAsync(steps.Taken);
        }

        return steps.Taken.Count;
    }

    private Task<List<LockedOrder>> LockDueAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ListAsync(
            $"""
            select id, version, customer_id from orders."order"
            where status = {(short)OrderStatus.AwaitingPayment}
              and payment_due_at <= {Sql.Value(clock.GetUtcNow())}
            order by payment_due_at limit {BatchSize}
            for update skip locked
            """,
            row => new LockedOrder(
                new(row.GetInt64(0)),
                OrderStatus.AwaitingPayment,
                row.GetInt32(1),
                row.Customer(2)
            ),
            cancel
        );
}
