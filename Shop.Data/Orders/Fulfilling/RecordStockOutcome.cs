using Microsoft.Extensions.Options;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Moves orders on when Inventory has answered: deducted means <see cref="OrderStatus.AwaitingPayment"/>, or
/// <see cref="OrderStatus.Paid"/> for what costs nothing; short means <see cref="OrderStatus.Rejected"/>. An order that was
/// cancelled in between stays so: its restock is under way.
/// </summary>
public sealed class RecordStockOutcome(HearFacts facts, IOptions<OrderOptions> options)
{
    /// <summary>Their stock is held; the payment is due from now on. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<StockDeducted>> answers, CancellationToken cancel) =>
        facts.RunAsync(
            answers,
            answer => answer.OrderId,
            (steps, order, _) =>
            {
                var to = order.IsFree ? OrderStatus.Paid : OrderStatus.AwaitingPayment;
                if (OrderTransitions.Allow(order.Status, to))
                {
                    steps.Take(
                        order,
                        to,
                        OrderActors.Inventory,
                        paymentDueAt: order.IsFree ? null : steps.Now + options.Value.PaymentTerm
                    );
                }
            },
            cancel
        );

    /// <summary>They could not be met. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<StockRejected>> answers, CancellationToken cancel) =>
        facts.RunAsync(
            answers,
            answer => answer.OrderId,
            (steps, order, answer) =>
            {
                if (OrderTransitions.Allow(order.Status, OrderStatus.Rejected))
                {
                    steps.Take(
                        order,
                        OrderStatus.Rejected,
                        OrderActors.Inventory,
                        shortages: answer.Shortages
                    );
                }
            },
            cancel
        );
}
