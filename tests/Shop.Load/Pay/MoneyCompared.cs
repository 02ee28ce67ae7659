using Shop.Channels.Books;
using Shop.Data.Orders;
using RefundStatus = Shop.Channels.Books.RefundStatus;

namespace Shop.Load.Pay;

/// <summary>
/// Money there beside money here. What a channel has taken or given back, the shop knows; an order keeps its total, once, if it is
/// PAID, and nothing if it is not; and nothing but a customer who called it off keeps an order whose money was taken from being PAID.
/// </summary>
internal static class MoneyCompared
{
    /// <summary>In words, a line for each difference; empty where there is none.</summary>
    /// <param name="there">The channels' own books.</param>
    /// <param name="here">The shop's.</param>
    public static IEnumerable<string> Differences(
        IReadOnlyCollection<Trade> there,
        IReadOnlyList<MoneyHere> here
    )
    {
        var trades = there.ToDictionary(trade => (trade.Channel, trade.OutNo));
        var known = here.Select(payment => (payment.Channel, payment.Number)).ToHashSet();
        foreach (var trade in there.Where(trade => !known.Contains((trade.Channel, trade.OutNo))))
        {
            yield return $"{trade.Channel} {trade.OutNo}: {trade.Status} there, unknown here";
        }

        foreach (var order in here.GroupBy(payment => payment.Order))
        {
            var (taken, kept) = (0L, 0L);
            foreach (var payment in order)
            {
                var trade = trades.GetValueOrDefault((payment.Channel, payment.Number));
                var back = trade is null ? 0 : BackMinor(trade);
                taken += trade?.PaidMinor ?? 0;
                kept += (trade?.PaidMinor ?? 0) - back;
                if (((trade?.PaidMinor ?? 0), back) != (payment.TakenMinor, payment.BackMinor))
                {
                    yield return $"{payment.Channel} {payment.Number}: {trade?.PaidMinor ?? 0} taken, {back} back there; "
                        + $"{payment.TakenMinor} taken, {payment.BackMinor} back here";
                }
            }

            var (status, total) = (order.First().Status, order.First().TotalMinor);
            if (
                kept != (status == OrderStatus.Paid ? total : 0)
                || taken > 0 && status is not (OrderStatus.Paid or OrderStatus.Cancelled)
            )
            {
                yield return $"order {order.Key}: {status}, {total} in all, {taken} taken, {kept} kept";
            }
        }
    }

    private static long BackMinor(Trade trade) =>
        trade.Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Sum(refund => refund.Minor);
}
