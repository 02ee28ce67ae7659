using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Telemetry;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Takes what other contexts tell of orders, many at once: the inbox, the orders' steps and what they send commit together. What
/// was told before changes nothing, and is announced once more.
/// </summary>
public sealed class HearFacts(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    ShopMeter meter,
    TimeProvider clock
)
{
    /// <param name="answers">What was told.</param>
    /// <param name="orderOf">Of which order.</param>
    /// <param name="take">Takes the step, or none, and writes what it sends.</param>
    /// <param name="cancel">Ends it; nothing was taken then.</param>
    internal async Task RunAsync<TMessage>(
        IReadOnlyList<Delivered<TMessage>> answers,
        Func<TMessage, OrderId> orderOf,
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
            if (orders.TryGetValue(orderOf(answer.Body), out var order))
            {
                take(steps, order with { TraceParent = answer.TraceParent }, answer.Body);
            }
        }

        await connection.ExecuteAsync(
            steps.Messages.IsEmpty
                ? [steps.Write(), new("commit")]
                : [steps.Write(), new("commit"), new(MessageSql.Notify("orders"))],
            cancel
        );
        foreach (var step in steps.Taken.Where(step => step.From == OrderStatus.Pending))
        {
            meter.OrderSettled(step.At - orders[step.OrderId].PlacedAt, OutcomeOf(step.To));
        }

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
            select id, status, version, customer_id, total_minor = 0, placed_at, uses is not null, number, tax_document
            from orders."order"
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
            )
            {
                IsFree = row.GetBoolean(4),
                PlacedAt = row.GetFieldValue<DateTimeOffset>(5),
                HasUses = row.GetBoolean(6),
                Number = new(row.GetInt64(7)),
                TaxDocument = row.IsDBNull(8) ? null : StoredJson.Read<TaxDocument>(row.GetString(8)),
            },
            cancel
        );
        return (fresh, orders.ToDictionary(order => order.Id));
    }

    private static string OutcomeOf(OrderStatus status) =>
        status switch
        {
            OrderStatus.AwaitingPayment => "awaiting_payment",
            OrderStatus.Paid => "paid",
            OrderStatus.Rejected => "rejected",
            _ => "other",
        };

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
