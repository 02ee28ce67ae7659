using System.Runtime.CompilerServices;
using Shop.Data.Orders;
using Shop.Data.Orders.Consistency;
using Shop.Data.Pricing.Uses;

namespace Shop.Jobs.Verification;

/// <summary>
/// Proves that no promotion was used more often than its ledger says, and that orders hold just the uses that they were promised.
/// </summary>
public sealed class VerifyUses(OrderConsistency orders, UseConsistency uses)
{
    /// <summary>What is wrong, a sentence each; nothing where all agrees.</summary>
    public async IAsyncEnumerable<string> FindingsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var difference in uses.DifferencesAsync(cancel))
        {
            yield return $"Promotion {difference.PromotionId.Value}: the ledger says {difference.Expected} uses, the counter {difference.Used} (per {difference.Per})";
        }

        await foreach (var finding in CompareAsync(cancel))
        {
            yield return finding;
        }
    }

    /// <summary>Walks both sides side by side, in the order of their ids, so that memory does not grow with the shop.</summary>
    private async IAsyncEnumerable<string> CompareAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var holdings = uses.HoldingsAsync(cancel).GetAsyncEnumerator(cancel);
        var more = await holdings.MoveNextAsync();
        await foreach (var order in orders.UsesAsync(cancel))
        {
            for (
                ;
                more && holdings.Current.OrderId.Value < order.OrderId.Value;
                more = await holdings.MoveNextAsync()
            )
            {
                yield return Unordered(holdings.Current);
            }

            var held = more && holdings.Current.OrderId == order.OrderId ? holdings.Current : null;
            if (Fault(order, held) is { } fault)
            {
                yield return $"Order {order.OrderId.Value}: {fault}";
            }

            if (held is not null)
            {
                more = await holdings.MoveNextAsync();
            }
        }

        for (; more; more = await holdings.MoveNextAsync())
        {
            yield return Unordered(holdings.Current);
        }
    }

    private static string? Fault(OrderUses order, HeldUses? held) =>
        Holds(order.Status)
            ? order.Promotions.OrderBy(one => one.Value).SequenceEqual(held?.Promotions ?? [])
                ? null
                : $"{order.Status} calls for uses of {order.Promotions.Count} promotions, but it holds {held?.Promotions.Count ?? 0}"
            : held?.Promotions.Except(held.Kept).Any() == true
                ? $"{order.Status}, and yet it holds uses of promotions"
                : null;

    // What came back later releases nothing.
    private static bool Holds(OrderStatus status) =>
        OrderTransitions.HoldsStock(status) || status == OrderStatus.Refunded;

    private static string Unordered(HeldUses held) =>
        $"Order {held.OrderId.Value}: it holds uses of promotions that it was not promised";
}
