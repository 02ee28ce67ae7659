using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load;

/// <summary>
/// How fast an idle shop is for one shopper: a cart, an order, and its status watched over one connection that stays
/// open. The clock runs from the moment <c>orderPlace</c> is sent until the event AWAITING_PAYMENT has arrived; the
/// answer of <c>orderPlace</c> and the subscribing, which needs the order's id, lie within.
/// </summary>
internal static class WatchOrders
{
    /// <summary>Orders before the clock starts: code is compiled and connections are opened at first use.</summary>
    private const int WarmUp = 20;

    /// <summary>How long one order is waited for.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <returns>0; 1 if an order did not reach AWAITING_PAYMENT in time.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var orders = arguments.Number("orders", otherwise: 200, min: 1, max: 10_000);
        arguments.NoMore();
        using var shop = new ShopClient(address, connections: 2);
        var skus = (await Catalogue.SkusAsync(shop, cancel)).Where(sku => sku.Available >= 10).ToList();
        if (skus.Count == 0)
        {
            throw new UsageException("The shop has nothing to sell.");
        }

        var buyer = new Buyer(new PatientClient(shop, TimeProvider.System));
        await using var watch = await OrderWatch.OpenAsync(address, sockets: 1, cancel);
        var (placing, pushed, late) = (new Samples(), new Samples(), 0);
        await using (
            new Progress(
                () => ((double)(placing.Count + late) / orders, $"{placing.Count} orders"),
                TimeProvider.System
            )
        )
        {
            for (var n = -WarmUp; n < orders; n++)
            {
                // One unit of another SKU each time: no order waits for the row of the one before.
                var sku = skus[(n + WarmUp) % skus.Count].Sku;
                if (await OrderAsync(buyer, watch, sku, cancel) is not { } times)
                {
                    late++;
                }
                else if (n >= 0)
                {
                    placing.Add(times.Sent, times.Answered);
                    pushed.Add(times.Sent, times.Pushed);
                }
            }
        }

        Report.Line("shop", address.Graph);
        Report.Line("orders", $"{placing.Count}, one at a time, after {WarmUp} that are not counted");
        Report.Line("orderPlace answered", placing);
        Report.Line("AWAITING_PAYMENT pushed", pushed);
        Report.Line("not pushed", late);
        return late > 0 ? 1 : 0;
    }

    private static async Task<Times?> OrderAsync(
        Buyer buyer,
        OrderWatch watch,
        string sku,
        CancellationToken cancel
    )
    {
        var cart = await buyer.CartAsync(sku, cancel);
        var sent = Stopwatch.GetTimestamp();
        var order = await buyer.PlaceAsync(cart, shopper: 0, cancel);
        var answered = Stopwatch.GetTimestamp();
        return
            await watch.SettledAsync(order, _patience, cancel) is { To: "AWAITING_PAYMENT", At: var pushed }
            ? new Times(sent, answered, pushed)
            : null;
    }

    private sealed record Times(long Sent, long Answered, long Pushed);
}
