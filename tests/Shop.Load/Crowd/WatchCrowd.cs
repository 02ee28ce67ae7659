using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Crowd;

/// <summary>
/// Many shoppers, each with a connection of their own, watch an order each from its first step. When all are settled,
/// every tenth drops the line; all orders are cancelled; those who dropped come back with the version they have. Each
/// must get each status once and in order.
/// </summary>
internal sealed class WatchCrowd(ShopAddress shop, Buyer buyer, int count, int concurrency)
{
    private const int Settled = 2;
    private const int Cancelled = 3;
    private const int DropsEach = 10;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Subscriber[] _crowd = new Subscriber[count];
    private readonly long[] _sent = new long[count];

    private List<Subscriber> Dropping => [.. _crowd.Where((_, n) => n % DropsEach == 0)];

    /// <returns>0; 1 if an event was missing, doubled or out of order.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var count = arguments.Number("subscribers", otherwise: 5_000, min: 1, max: 20_000);
        var concurrency = arguments.Number("concurrency", otherwise: 32, min: 1, max: 256);
        arguments.NoMore();
        using var client = new ShopClient(address, concurrency);
        var skus = await Catalogue.SkusAsync(client, cancel);
        var shelf = new Shelf(skus);
        var buyer = new Buyer(new PatientClient(client, TimeProvider.System));
        var crowd = new WatchCrowd(address, buyer, count, concurrency);

        var cpu = CpuSplit.Start(address);
        var before = cpu.Memory;
        await crowd.GatherAsync(shelf, cancel);
        var with = cpu.Memory;
        var cancelling = await crowd.CancelAsync(cancel);

        Report.Line("shop", address.Graph);
        Report.Line(
            "subscribers",
            $"{count}, a connection each; {crowd.Dropping.Count} dropped it and came back"
        );
        Report.Line("cancelled per second", $"{count / cancelling.TotalSeconds:0}");
        Report.Line("orderCancel sent to pushed", crowd.Pushing());
        Report.Line(
            "memory of the shop",
            $"{before >> 20} MB before, {with >> 20} MB with all  ({(with - before) / count / 1024} KB each)"
        );
        cpu.Print(count, "a subscriber, purchase and cancellation included");
        var events = crowd.Count();
        events.Print();
        return events.IsPerfect ? 0 : 1;
    }

    /// <summary>Each places an order and watches it; returns when all are settled.</summary>
    private async Task GatherAsync(Shelf shelf, CancellationToken cancel)
    {
        await EachAsync(
            "subscribers",
            async n =>
            {
                var cart = await buyer.CartAsync(shelf.At(n), cancel);
                _crowd[n] = new(shop, await buyer.PlaceAsync(cart, n, cancel));
                await _crowd[n].ComeAsync(cancel);
            },
            cancel
        );
        await HearAsync(Settled, cancel);
    }

    /// <summary>Calls all orders off, while some are away; returns when all have heard of it and left.</summary>
    /// <returns>How long the calls took.</returns>
    private async Task<TimeSpan> CancelAsync(CancellationToken cancel)
    {
        await Task.WhenAll(Dropping.Select(one => one.LeaveAsync()));
        var began = Stopwatch.GetTimestamp();
        await EachAsync(
            "cancellations",
            n =>
            {
                _sent[n] = Stopwatch.GetTimestamp();
                return buyer.CancelAsync(_crowd[n].Order, cancel);
            },
            cancel
        );
        var took = Stopwatch.GetElapsedTime(began);
        await Task.WhenAll(Dropping.Select(one => one.ComeAsync(cancel)));
        await HearAsync(Cancelled, cancel);
        await Task.WhenAll(_crowd.Select(one => one.LeaveAsync()));
        return took;
    }

    private Task EachAsync(string what, Func<int, Task> step, CancellationToken cancel) =>
        ClosedLoop.EachAsync(count, concurrency, what, step, cancel);

    private async Task HearAsync(int version, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_patience);
        await Task.WhenAll(_crowd.Select(one => one.HearAsync(version, patience.Token)));
    }

    /// <summary>Of those who were there all the time.</summary>
    private Samples Pushing()
    {
        var pushing = new Samples();
        foreach (var (one, sent) in _crowd.Zip(_sent))
        {
            if (one is { Visits: 1, Heard: [.., { Version: Cancelled, At: var at }] })
            {
                pushing.Add(sent, at);
            }
        }

        return pushing;
    }

    private EventCount Count()
    {
        var events = new EventCount();
        foreach (var one in _crowd)
        {
            var isRejected = one.Heard.Any(step => step.To == "REJECTED");
            events.Add([.. one.Heard.Select(step => step.Version)], isRejected ? Settled : Cancelled);
        }

        return events;
    }
}
