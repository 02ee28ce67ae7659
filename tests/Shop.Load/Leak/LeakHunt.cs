using Shop.Load.Bench.Import;
using Shop.Load.Carts;
using Shop.Load.Crowd;
using Shop.Load.Measure;
using Shop.Load.Steady;

namespace Shop.Load.Leak;

/// <summary>
/// Rounds of the same work: shoppers who watch their orders and leave, carts, orders, an import. What the shop needs it has after half
/// of them; of what there is more after as many again, it keeps what it should have let go.
/// </summary>
internal static class LeakHunt
{
    private const int Skus = 1_000;

    /// <returns>0; 1 if there is more of a type of the shop's, or a round went wrong.</returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var rounds = arguments.Number("rounds", otherwise: 6, min: 2, max: 100);
        var subscribers = arguments.Number("subscribers", otherwise: 200, min: 1, max: 20_000);
        var kept = arguments.Text("dumps");
        arguments.NoMore();
        var process =
            ProcessUse.Listening($"{shop.Graph.Port}")
            ?? throw new UsageException("Whose heap? The shop's process cannot be seen from here.");
        var folder = kept is null
            ? Directory.CreateTempSubdirectory("shop-leak-").FullName
            : Directory.CreateDirectory(Path.GetFullPath(kept)).FullName;
        try
        {
            HeapCount? half = null;
            for (var round = 1; ; round++)
            {
                if (!await RunAsync(shop, subscribers, cancel))
                {
                    return 1;
                }

                Report.Line($"after round {round}", $"{ProcessUse.Memory(process) >> 20} MB");
                if (round == rounds / 2)
                {
                    half = await CountAsync(round);
                }
                else if (round == rounds)
                {
                    // Half the rounds with an object left behind by each shopper are several times as many.
                    return Judge(half!, await CountAsync(round), noise: subscribers / 2) ? 0 : 1;
                }
            }
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        async Task<HeapCount> CountAsync(int round)
        {
            var file = Path.Combine(folder, FormattableString.Invariant($"round-{round}.gcdump"));
            var count = await HeapCount.TakeAsync(process, file, cancel);
            Report.Line($"objects of ours after round {round}", count.Objects);
            return count;
        }
    }

    // Each scenario says what it did, and whether all was well.
    private static async Task<bool> RunAsync(ShopAddress shop, int subscribers, CancellationToken cancel)
    {
        await BenchImport.AddAsync(shop, Skus, titles: null, cancel);
        return await WatchCrowd.RunAsync(shop, new(["--subscribers", $"{subscribers}"]), cancel) == 0
            && await MoveCarts.RunAsync(shop, new(["--seconds", "3"]), cancel) == 0
            && await SteadyOrders.RunAsync(
                shop,
                new(["--rate", "50", "--seconds", "4", "--connections", "32", "--watched", "50"]),
                cancel
            ) == 0;
    }

    private static bool Judge(HeapCount half, HeapCount whole, int noise)
    {
        var grown = whole.GrownSince(half, noise);
        foreach (var (type, before, after) in grown)
        {
            Report.Line("leaks", $"{type}: {before}, then {after}");
        }

        Report.Line("types of which there are more", grown.Count);
        return grown.Count == 0;
    }
}
