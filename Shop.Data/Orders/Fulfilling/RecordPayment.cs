using System.Globalization;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Moves orders on when Payments tells of money; nothing else makes an order <see cref="OrderStatus.Paid"/> that costs something.
/// What was paid for an order that had been called off goes back.
/// </summary>
public sealed class RecordPayment(HearFacts facts)
{
    /// <summary>They are paid. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<OrderPaid>> told, CancellationToken cancel) =>
        facts.RunAsync(
            told,
            paid => paid.OrderId,
            (steps, order, paid) =>
            {
                if (order.Status == OrderStatus.AwaitingPayment)
                {
                    steps.Take(order, OrderStatus.Paid, OrderActors.Payments);
                }
                else if (order.Status is OrderStatus.Cancelled or OrderStatus.Rejected)
                {
                    steps.Messages.Add(new RefundRequested(order.Id, paid.PaymentId), order.TraceParent);
                }
            },
            cancel
        );

    /// <summary>
    /// Until when they can be paid has changed: their stock is held as long as their money is. Of one that was called off the money
    /// is let go. A repeated delivery changes nothing.
    /// </summary>
    public Task RunAsync(IReadOnlyList<Delivered<DueMoved>> told, CancellationToken cancel) =>
        facts.RunAsync(
            told,
            moved => moved.OrderId,
            (steps, order, moved) =>
            {
                if (order.Status == OrderStatus.AwaitingPayment)
                {
                    var note =
                        moved.HeldMinor > 0
                            ? $"{Words(moved.HeldMinor, moved.Currency)} are held until they are taken"
                            : "its money is held no more";
                    steps.Take(order, order.Status, OrderActors.Payments, note, moved.DueAt);
                }
                else if (order.Status is OrderStatus.Cancelled or OrderStatus.Rejected && moved.HeldMinor > 0)
                {
                    steps.Messages.Add(new DueCloseRequested(order.Id), order.TraceParent);
                }
            },
            cancel
        );

    /// <summary>
    /// Money went back. When all of it is, and the goods are, the order has come to its end; goods that were not shipped are.
    /// A repeated delivery changes nothing.
    /// </summary>
    public Task RunAsync(IReadOnlyList<Delivered<OrderRefunded>> told, CancellationToken cancel) =>
        facts.RunAsync(
            told,
            refunded => refunded.OrderId,
            (steps, order, refunded) =>
            {
                var note = $"{Words(refunded.Minor, refunded.Currency)} went back";
                if (refunded.InAll)
                {
                    steps.StrikeOutTaxes(order);
                }

                if (
                    refunded.InAll
                    && (refunded.GoodsBack || order.Status == OrderStatus.Paid)
                    && OrderTransitions.Allow(order.Status, OrderStatus.Refunded)
                )
                {
                    steps.Take(order, OrderStatus.Refunded, OrderActors.Payments, note);
                    steps.Messages.Add(new RestockRequested(order.Id), order.TraceParent);
                }
                else
                {
                    Tell(steps, order, note);
                }
            },
            cancel
        );

    /// <summary>Money did not go back. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<RefundFailed>> told, CancellationToken cancel) =>
        facts.RunAsync(
            told,
            failed => failed.OrderId,
            (steps, order, failed) =>
                Tell(steps, order, $"{Words(failed.Minor, failed.Currency)} did not go back"),
            cancel
        );

    /// <summary>The customer disputes the payment: that is for staff to answer. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<PaymentDisputed>> told, CancellationToken cancel) =>
        facts.RunAsync(
            told,
            disputed => disputed.OrderId,
            (steps, order, disputed) => Tell(steps, order, disputed.Text),
            cancel
        );

    // Stands in the story, and changes no status.
    private static void Tell(OrderSteps steps, LockedOrder order, string note)
    {
        if (order.Status is not (OrderStatus.Pending or OrderStatus.AwaitingPayment or OrderStatus.Rejected))
        {
            steps.Take(order, order.Status, OrderActors.Payments, note);
        }
    }

    private static string Words(long minor, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{new Money(minor, currency).Amount} {currency}");
}
