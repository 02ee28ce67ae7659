using System.Runtime.CompilerServices;
using Shop.Data.Orders;
using Shop.Data.Orders.Consistency;
using Shop.Data.Payments.Books;

namespace Shop.Jobs.Verification;

/// <summary>
/// Proves that no money was lost or taken twice: an order is paid just where its due is settled, with what it costs, and every sum
/// is that of its parts.
/// </summary>
public sealed class VerifyPayments(OrderConsistency orders, PaymentConsistency payments)
{
    /// <summary>What is wrong, a sentence each; nothing where all agrees.</summary>
    public async IAsyncEnumerable<string> FindingsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var finding in CompareAsync(cancel))
        {
            yield return finding;
        }

        await foreach (var finding in payments.WrongSumsAsync(cancel))
        {
            yield return finding;
        }

        await foreach (var finding in payments.LeftOverAsync(cancel))
        {
            yield return finding;
        }
    }

    /// <summary>Walks both sides side by side, in the order of their ids, so that memory does not grow with the shop.</summary>
    private async IAsyncEnumerable<string> CompareAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var dues = payments.DuesAsync(cancel).GetAsyncEnumerator(cancel);
        var more = await dues.MoveNextAsync();
        await foreach (var order in orders.TotalsAsync(cancel))
        {
            for (
                ;
                more && dues.Current.OrderId.Value < order.OrderId.Value;
                more = await dues.MoveNextAsync()
            )
            {
                yield return Unordered(dues.Current);
            }

            var due = more && dues.Current.OrderId == order.OrderId ? dues.Current : null;
            if (Fault(order, due) is { } fault)
            {
                yield return $"Order {order.OrderId.Value}: {fault}";
            }

            if (due is not null)
            {
                more = await dues.MoveNextAsync();
            }
        }

        for (; more; more = await dues.MoveNextAsync())
        {
            yield return Unordered(dues.Current);
        }
    }

    private static string? Fault(OrderTotal order, DueState? due) =>
        due?.PaidMinor is not { } paid
            ? IsPaid(order.Status) && order.Total.Minor > 0
                ? $"{order.Status}, and no payment has settled it"
                : null
            : paid != order.Total.Minor || due.Amount != order.Total
                ? $"it costs {order.Total.Minor} {order.Total.Currency}, and {paid} {due.Amount.Currency} has settled it"
                : IsPaid(order.Status)
                    ? null
                    : IsOff(order.Status) && due.GoesBack
                        ? null
                        : $"{order.Status}, and yet a payment has settled it";

    private static bool IsPaid(OrderStatus status) =>
        status is OrderStatus.Paid or OrderStatus.Shipped or OrderStatus.Delivered or OrderStatus.Refunded;

    // Money that came after an order was called off goes back.
    private static bool IsOff(OrderStatus status) => status is OrderStatus.Cancelled or OrderStatus.Rejected;

    private static string Unordered(DueState due) => $"Order {due.OrderId.Value}: a due that no order has";
}
