using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Replay;

namespace Shop.Load;

/// <summary>
/// Everybody wants one SKU at once: more buyers than units, each with a cart of one. The carts are made beforehand; the
/// clock runs while the orders are placed. Then every order is read back: as many as there were units may be sold.
/// </summary>
internal static class FlashSale
{
    /// <summary>How long the shop may take to settle them all.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <returns>0; 1 if the shop sold more or less than it had, or lost or doubled an order.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var buyers = arguments.Number("buyers", otherwise: 10_000, min: 2, max: 100_000);
        var stock = arguments.Number("stock", otherwise: 1_000, min: 1, max: 100_000);
        var concurrency = arguments.Number("concurrency", otherwise: 64, min: 1, max: 256);
        arguments.NoMore();
        using var client = new ShopClient(address, concurrency);
        var shop = new PatientClient(client, clock);
        var skus = await Catalogue.SkusAsync(client, cancel);
        // Nobody but staff sets stock: the SKU whose stock is nearest to what was asked for is sold.
        var hot = skus.Where(sku => sku.Available > 0).MinBy(sku => Math.Abs(sku.Available - stock));

        var carts = new ConcurrentBag<string>();
        await EachAsync(buyers, concurrency, "carts", () => carts.Count, MakeCartAsync, cancel);
        var (placing, placed) = (new Samples(), new ConcurrentBag<PlacedOrder>());
        var refused = 0;
        var began = Stopwatch.GetTimestamp();
        await EachAsync(buyers, concurrency, "orders", () => placed.Count, PlaceAsync, cancel);
        var took = Stopwatch.GetElapsedTime(began);
        var settlement = new Settlement(shop, placed.Distinct().ToList(), _patience, clock);
        await settlement.RunAsync(cancel);

        Report.Line("shop", address.Graph);
        Report.Line("on sale", $"{hot.Available} of SKU {hot.Sku}, {buyers} buyers, {concurrency} at a time");
        Report.Line(
            "accepted per second",
            $"{placed.Count / took.TotalSeconds:0.0}  (in {took.TotalSeconds:0.0} s)"
        );
        Report.Line("orderPlace", placing);
        Report.Line("refused", refused);
        return IsFair(hot.Available, placed, settlement) ? 0 : 1;

        async Task MakeCartAsync(int buyer)
        {
            var data = await shop.AskAsync(Operation.CartCreate, Placed.Cart([(hot.Sku, 1)]), cancel);
            var (cart, problem) = Placed.ReadCart(data);
            carts.Add(cart ?? throw new ShopFaultException(problem ?? "NO_CART", "A cart was refused."));
        }

        async Task PlaceAsync(int buyer)
        {
            carts.TryTake(out var cart);
            var sent = Stopwatch.GetTimestamp();
            var data = await shop.AskAsync(Operation.OrderPlace, Placed.Order(cart!, buyer), cancel);
            placing.Add(sent, Stopwatch.GetTimestamp());
            if (Placed.ReadOrder(data).Order is { } order)
            {
                placed.Add(order);
            }
            else
            {
                Interlocked.Increment(ref refused);
            }
        }
    }

    private static bool IsFair(int stock, ConcurrentBag<PlacedOrder> placed, Settlement settlement)
    {
        var sold = settlement.Count("AWAITING_PAYMENT");
        var rejected = settlement.Count("REJECTED");
        var doubled = placed.Count - placed.Distinct().Count();
        Report.Line("orders accepted", placed.Count);
        Report.Line("sold", sold);
        Report.Line("oversold", Math.Max(0, sold - stock));
        Report.Line("doubled", doubled);
        settlement.Print();
        return sold == Math.Min(stock, placed.Count)
            && sold + rejected == placed.Count
            && doubled + settlement.Lost + settlement.Pending == 0;
    }

    private static async Task EachAsync(
        int count,
        int concurrency,
        string what,
        Func<int> done,
        Func<int, Task> step,
        CancellationToken cancel
    )
    {
        await using var progress = new Progress(
            () => ((double)done() / count, $"{done()} {what}"),
            TimeProvider.System
        );
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancel },
            async (n, _) => await step(n)
        );
    }
}
