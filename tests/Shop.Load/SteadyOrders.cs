using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Replay;

namespace Shop.Load;

/// <summary>
/// Orders that come at a given rate, whether or not the shop keeps up. The carts, of two lines each, are made beforehand.
/// Each order is timed from the moment at which it should have been sent; of some, also until it is settled and pushed.
/// </summary>
internal sealed class SteadyOrders(Buyer buyer, OrderWatch watch, int watchEach)
{
    /// <summary>Orders a second that are watched at most: watching is to measure the load, not to be it.</summary>
    private const int MostWatched = 100;

    private const int Sockets = 32;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentBag<PlacedOrder> _placed = [];
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly Samples _placing = new();
    private readonly Samples _pushing = new();
    private int _notPushed;

    /// <returns>0; 1 if an order was refused, lost, doubled, or not settled, or a watched one was not pushed.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var rate = arguments.Number("rate", otherwise: 100, min: 1, max: 10_000);
        var seconds = arguments.Number("seconds", otherwise: 30, min: 1, max: 600);
        var connections = arguments.Number("connections", otherwise: 128, min: 1, max: 1_000);
        var most = arguments.Number("watched", otherwise: MostWatched, min: 1, max: 1_000);
        arguments.NoMore();
        using var client = new ShopClient(address, connections);
        var patient = new PatientClient(client, TimeProvider.System);
        var buyer = new Buyer(patient);
        var carts = await MakeCartsAsync(client, buyer, rate * seconds, cancel);
        await using var watch = await OrderWatch.OpenAsync(address, Sockets, cancel);

        var steady = new SteadyOrders(buyer, watch, watchEach: (rate + most - 1) / most);
        var cpu = CpuSplit.Start(address);
        var began = Stopwatch.GetTimestamp();
        await OpenLoop.EachAsync(
            carts.Length,
            rate,
            (n, due) => steady.BuyAsync(carts[n], n, due, cancel),
            cancel
        );
        var took = Stopwatch.GetElapsedTime(began);

        Report.Line("shop", address.Graph);
        Report.Line("sent per second", $"{rate}, for {seconds} s");
        Report.Line(
            "accepted per second",
            $"{steady._placed.Count / took.TotalSeconds:0}  (in {took.TotalSeconds:0.0} s)"
        );
        cpu.Print(steady._placed.Count, "an order");
        var settlement = new Settlement(
            patient,
            [.. steady._placed.Distinct()],
            _patience,
            TimeProvider.System
        );
        await settlement.RunAsync(cancel);
        return steady.IsWell(settlement) ? 0 : 1;
    }

    private static async Task<string[]> MakeCartsAsync(
        ShopClient client,
        Buyer buyer,
        int count,
        CancellationToken cancel
    )
    {
        var skus = (await Catalogue.SkusAsync(client, cancel)).Where(sku => sku.Available > 0).ToList();
        if (skus.Sum(sku => (long)sku.Available) < 4L * count)
        {
            throw new UsageException(
                "The shop has too little stock for so many. ./shop reset gives it back."
            );
        }

        var carts = new string[count];
        // Those with much stock are bought more often, so that few orders are rejected.
        var shelf = new Shelf(skus);
        await ClosedLoop.EachAsync(
            count,
            concurrency: 32,
            "carts",
            async n =>
                carts[n] = await buyer.CartAsync([(shelf.At(2 * n), 1), (shelf.At(2 * n + 1), 1)], cancel),
            cancel
        );
        return carts;
    }

    private async Task BuyAsync(string cart, int number, long due, CancellationToken cancel)
    {
        var (order, problem) = await buyer.TryPlaceAsync(cart, number, cancel);
        _placing.Add(due, Stopwatch.GetTimestamp());
        if (order is not { } placed)
        {
            _refused.AddOrUpdate(problem ?? "NO_ORDER", 1, (_, count) => count + 1);
            return;
        }

        _placed.Add(placed);
        if (number % watchEach == 0)
        {
            if (await watch.SettledAsync(placed, _patience, cancel) is { At: var at })
            {
                _pushing.Add(due, at);
            }
            else
            {
                Interlocked.Increment(ref _notPushed);
            }
        }
    }

    private bool IsWell(Settlement settlement)
    {
        var doubled = _placed.Count - _placed.Distinct().Count();
        Report.Line("orderPlace, from when it was due", _placing);
        Report.Line("due to settled and pushed", _pushing);
        Report.Lines("refused", _refused);
        Report.Line("orders accepted", _placed.Count);
        Report.Line("watched, not pushed", _notPushed);
        Report.Line("doubled", doubled);
        settlement.Print();
        return _refused.IsEmpty && doubled + _notPushed + settlement.Lost + settlement.Pending == 0;
    }
}
