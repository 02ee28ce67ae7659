using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Moves orders on when Inventory has answered: deducted means <see cref="OrderStatus.AwaitingPayment"/>, short means
/// <see cref="OrderStatus.Rejected"/>. An order that was cancelled in between stays so: its restock is under way.
/// </summary>
public sealed class RecordStockOutcome(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    IOptions<OrderOptions> options,
    TimeProvider clock
)
{
    /// <summary>Their stock is held; the payment is due from now on. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<StockDeducted>> answers, CancellationToken cancel) =>
        RunAsync(
            answers,
            answer => answer.OrderId,
            OrderStatus.AwaitingPayment,
            (steps, order, _) =>
                steps.Take(
                    order,
                    OrderStatus.AwaitingPayment,
                    OrderActors.Inventory,
                    paymentDueAt: clock.GetUtcNow() + options.Value.PaymentTerm
                ),
            cancel
        );

    /// <summary>They could not be met. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<StockRejected>> answers, CancellationToken cancel) =>
        RunAsync(
            answers,
            answer => answer.OrderId,
            OrderStatus.Rejected,
            (steps, order, answer) =>
                steps.Take(order, OrderStatus.Rejected, OrderActors.Inventory, shortages: answer.Shortages),
            cancel
        );

    private async Task RunAsync<TMessage>(
        IReadOnlyList<Delivered<TMessage>> answers,
        Func<TMessage, OrderId> orderOf,
        OrderStatus to,
        Action<OrderSteps, LockedOrder, TMessage> take,
        CancellationToken cancel
    )
        where TMessage : IMessage
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        var inbox = new Inbox("orders", clock.GetUtcNow());
        var (fresh, orders) = await TakeAsync(connection, inbox, answers, orderOf, cancel);
        var steps = new OrderSteps(receivers, inbox.Now);
        foreach (var answer in fresh)
        {
            if (
                orders.TryGetValue(orderOf(answer.Body), out var order)
                && OrderTransitions.Allow(order.Status, to)
            )
            {
                take(steps, order, answer.Body);
            }
        }

        await connection.ExecuteAsync([steps.Write(), new("commit")], cancel);
        StopPoint.Reach("outcome committed, nobody told");
        await announcements.PublishAsync(steps.Taken);
        if (fresh.Count < answers.Count)
        {
            // The worker that took them first may have died before it could tell.
            var taken = answers.Except(fresh).Select(answer => orderOf(answer.Body));
            await announcements.PublishAsync(await LastStepsAsync(connection, taken, cancel));
        }
    }

    /// <summary>Begins the transaction, takes the answers in and locks their orders, in one round trip.</summary>
    /// <returns>The answers that were never taken before, and the orders of all.</returns>
    private static async Task<(
        IReadOnlyList<Delivered<TMessage>> Fresh,
        Dictionary<OrderId, LockedOrder> Orders
    )> TakeAsync<TMessage>(
        NpgsqlConnection connection,
        Inbox inbox,
        IReadOnlyList<Delivered<TMessage>> answers,
        Func<TMessage, OrderId> orderOf,
        CancellationToken cancel
    )
        where TMessage : IMessage
    {
        var locked = Sql.Batched(
            $"""
            select id, status, version, customer_id from orders."order"
            where id = any({Sql.Column(answers, answer => orderOf(answer.Body).Value)}) order by id for update
            """
        );
        await using var round = connection.CreateBatch([new("begin"), inbox.Take(answers), locked]);
        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        var fresh = await Inbox.FreshAsync(rows, answers, cancel);
        await rows.NextResultAsync(cancel);
        var orders = await rows.ListAsync(
            row => new LockedOrder(
                new(row.GetInt64(0)),
                (OrderStatus)row.GetInt16(1),
                row.GetInt32(2),
                row.Customer(3)
            ),
            cancel
        );
        return (fresh, orders.ToDictionary(order => order.Id));
    }

    private static Task<List<OrderStatusChanged>> LastStepsAsync(
        NpgsqlConnection connection,
        IEnumerable<OrderId> ids,
        CancellationToken cancel
    ) =>
        connection.ListAsync(
            $"""
            select {StepRows.Columns} from orders."order" o
            join orders.order_event step on step.order_id = o.id and step.sequence = o.version
            where o.id = any({Sql.Column(ids, id => id.Value)})
            """,
            row => row.Step(0),
            cancel
        );
}
