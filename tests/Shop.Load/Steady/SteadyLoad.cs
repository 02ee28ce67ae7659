using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Steady;

/// <summary>
/// Orders that come at a given rate, whether or not the shop keeps up. The carts, of two lines each, and the requests are made
/// beforehand, and answers are read afterwards: what this program does meanwhile it takes from the shop it measures. Each
/// order is timed from the moment at which it should have been sent; of some, also until it is settled and pushed.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    /// <summary>The longest that one is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int Sockets = 32;
    private readonly Pace _pace;
    private readonly byte[][] _requests;
    private readonly LeanClients _shop;
    private readonly OrderWatch _watch;
    private readonly ConcurrentBag<byte[]> _answers = [];
    private readonly Dictionary<string, int> _refused = [];
    private readonly List<PlacedOrder> _placed = [];
    private int _notPushed;

    private SteadyLoad(Pace pace, byte[][] requests, LeanClients shop, OrderWatch watch) =>
        (_pace, _requests, _shop, _watch) = (pace, requests, shop, watch);

    /// <summary>From the first order due to the last answer.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>From when an order was due to its answer.</summary>
    public Samples Placing { get; } = new();

    /// <summary>From when an order was due to the push that says that it is settled.</summary>
    public Samples Pushing { get; } = new();

    /// <summary>The orders that were accepted, one as often as it was answered.</summary>
    public IReadOnlyList<PlacedOrder> Placed => _placed;

    /// <summary>Why others were not, and how many.</summary>
    public IReadOnlyDictionary<string, int> Refused => _refused;

    /// <summary>Watched until patience ended.</summary>
    public int NotPushed => _notPushed;

    /// <summary>Makes the carts and opens the connections.</summary>
    /// <exception cref="UsageException">The shop has too little stock.</exception>
    public static async Task<SteadyLoad> PrepareAsync(
        ShopAddress address,
        ShopClient client,
        Pace pace,
        CancellationToken cancel
    )
    {
        var requests = await RequestsAsync(address, client, pace.Orders, cancel);
        var lean = await LeanClients.OpenAsync(address.Graph, pace.Connections, cancel);
        return new(pace, requests, lean, await OrderWatch.OpenAsync(address, Sockets, cancel));
    }

    /// <summary>Sends the orders, each at its time; returns when the last is answered, and the watched ones are settled. Call it once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await OpenLoop.EachAsync(
            _requests.Length,
            _pace.Rate,
            (n, due) => BuyAsync(_requests[n], n, due, cancel),
            cancel
        );
        Took = Stopwatch.GetElapsedTime(began);
        ReadAnswers();
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _watch.DisposeAsync();
    }

    private static async Task<byte[][]> RequestsAsync(
        ShopAddress address,
        ShopClient client,
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

        var buyer = new Buyer(new PatientClient(client, TimeProvider.System));
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
                var body = ShopClient.Body(Operation.OrderPlace, Client.Placed.Order(cart, n));
                requests[n] = LeanClient.Request(address.Graph, body);
            },
            cancel
        );
        return requests;
    }

    private async Task BuyAsync(byte[] request, int number, long due, CancellationToken cancel)
    {
        var answer = await _shop.AskAsync(request, cancel);
        Placing.Add(due, Stopwatch.GetTimestamp());
        _answers.Add(answer);
        if (number % _pace.WatchEach == 0 && Read(answer).Order is { } placed)
        {
            if (await _watch.SettledAsync(placed, Patience, cancel) is { At: var at })
            {
                Pushing.Add(due, at);
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
        return Client.Placed.ReadOrder(GraphAnswer.Data(answer));
    }
}
