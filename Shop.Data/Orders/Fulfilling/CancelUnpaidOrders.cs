using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Calls off the orders whose payment is overdue and sends the messages that give their stock back: thousands in one
/// statement. An order that is being paid at this moment is locked, so it is left alone; its status decides next time.
/// </summary>
public sealed class CancelUnpaidOrders(
    Database<OrdersDb> database,
    OrderAnnouncements announcements,
    TimeProvider clock
)
{
    /// <summary>Orders that one run cancels at most; some 100 ms of work.</summary>
    public const int BatchSize = 2000;

    /// <returns>How many orders were cancelled; <see cref="BatchSize"/> means that more may be due.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        var cancelled = await CancelAsync(connection, now, cancel);
        if (cancelled.Count > 0)
        {
            StopPoint.Reach("unpaid orders cancelled, bell not rung");
            await connection.ExecuteAsync(MessageSql.Notify("orders"), cancel);
            await announcements.PublishAsync(cancelled);
        }

        return cancelled.Count;
    }

    private static async Task<List<OrderStatusChanged>> CancelAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $$"""
            with due as (
                select id from orders."order"
                where status = {{(short)OrderStatus.AwaitingPayment}} and payment_due_at <= $1
                order by payment_due_at limit {{BatchSize}}
                for update skip locked),
            moved as (
                update orders."order" o
                set status = {{(short)OrderStatus.Cancelled}}, version = o.version + 1, payment_due_at = null,
                    updated_at = $1
                from due where o.id = due.id
                returning o.id, o.version, o.customer_id),
            events as (
                insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, note)
                select id, version, $1, {{(short)OrderStatus.AwaitingPayment}}, {{(short)
                OrderStatus.Cancelled}},
                    'clock', 'not paid in time'
                from moved),
            messages as (
                insert into orders.local_message (topic, key, payload, next_attempt_at, created_at, updated_at)
                select $2, id, jsonb_build_object('orderId', id), $1, $1, $1 from moved order by id)
            select id, version, customer_id from moved
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value(RestockRequested.Topic));
        var cancelled = new List<OrderStatusChanged>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            cancelled.Add(
                new(
                    new(rows.GetInt64(0)),
                    OrderStatus.AwaitingPayment,
                    OrderStatus.Cancelled,
                    rows.GetInt32(1),
                    now
                )
                {
                    Customer = await rows.IsDBNullAsync(2, cancel) ? null : new CustomerId(rows.GetInt64(2)),
                }
            );
        }

        return cancelled;
    }
}
