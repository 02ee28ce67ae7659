using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Replay;

namespace Shop.Load;

/// <summary>
/// Orders that come at a given rate, whether or not the shop keeps up. The carts, of two lines each, and the requests are made
/// beforehand, and answers are read afterwards: what this program does meanwhile it takes from the shop it measures. Each
/// order is timed from the moment at which it should have been sent; of some, also until it is settled and pushed.
/// </summary>
internal sealed class SteadyOrders(LeanClients shop, OrderWatch watch, int watchEach)
{
    /// <summary>Orders a second that are watched at most: watching is to measure the load, not to be it.</summary>
    private const int MostWatched = 100;

    private const int Sockets = 32;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentBag<byte[]> _answers = [];
    private readonly Dictionary<string, int> _refused = [];
    private readonly List<PlacedOrder> _placed = [];
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
        var requests = await PrepareAsync(address, client, buyer, rate * seconds, cancel);
        using var lean = await LeanClients.OpenAsync(address.Graph, connections, cancel);
        await using var watch = await OrderWatch.OpenAsync(address, Sockets, cancel);

        var steady = new SteadyOrders(lean, watch, watchEach: (rate + most - 1) / most);
        var cpu = CpuSplit.Start(address);
        var began = Stopwatch.GetTimestamp();
        await OpenLoop.EachAsync(
            requests.Length,
            rate,
            (n, due) => steady.BuyAsync(requests[n], n, due, cancel),
            cancel
        );
        var took = Stopwatch.GetElapsedTime(began);
        steady.ReadAnswers();

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

    private static async Task<byte[][]> PrepareAsync(
        ShopAddress address,
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

        var requests = new byte[count][];
        // Those with much stock are bought more often, so that few orders are rejected.
        var shelf = new Shelf(skus);
        await ClosedLoop.EachAsync(
            count,
            concurrency: 32,
            "carts",
            async n =>
            {
                var cart = await buyer.CartAsync([(shelf.At(2 * n), 1), (shelf.At(2 * n + 1), 1)], cancel);
                var body = ShopClient.Body(Operation.OrderPlace, Placed.Order(cart, n));
                requests[n] = LeanClient.Request(address.Graph, body);
            },
            cancel
        );
        return requests;
    }

    private async Task BuyAsync(byte[] request, int number, long due, CancellationToken cancel)
    {
        var answer = await shop.AskAsync(request, cancel);
        _placing.Add(due, Stopwatch.GetTimestamp());
        _answers.Add(answer);
        if (number % watchEach == 0 && Read(answer).Order is { } placed)
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

    private void ReadAnswers()
    {
        foreach (var answer in _answers)
        {
            var (order, problem) = Read(answer);
            if (order is { } placed)
            {
                _placed.Add(placed);
            }
            else
            {
                var reason = problem ?? "NO_ORDER";
                _refused[reason] = _refused.GetValueOrDefault(reason) + 1;
            }
        }
    }

    private static (PlacedOrder? Order, string? Problem) Read(byte[] answer)
    {
        GraphAnswer.ThrowOnErrors(answer);
        return Placed.ReadOrder(GraphAnswer.Data(answer));
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
        return _refused.Count == 0 && doubled + _notPushed + settlement.Lost + settlement.Pending == 0;
    }
}
