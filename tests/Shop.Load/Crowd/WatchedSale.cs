using System.Diagnostics;
using System.Text;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Crowd;

/// <summary>
/// One SKU is bought as fast as the shop takes orders, in turns without and with a crowd that watches its stock: what watching
/// costs those who buy.
/// </summary>
internal sealed class WatchedSale(
    ShopAddress shop,
    ShopClient client,
    KnownSku hot,
    int orders,
    int concurrency
)
{
    private const double LargestLoss = 0.1;

    private static readonly Operation _variant = new(
        "Variant",
        "query Variant($sku: String!) { productVariant(by: {sku: $sku}) { id } }"
    );

    private readonly List<byte[]> _requests = [];
    private readonly List<StockWatcher> _crowd = [];

    /// <returns>0; 1 if the orders became fewer by more than a tenth.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var watchers = arguments.Number("watchers", otherwise: 1_000, min: 1, max: 5_000);
        var orders = arguments.Number("orders", otherwise: 4_000, min: 100, max: 20_000);
        var turns = arguments.Number("turns", otherwise: 4, min: 1, max: 20);
        var concurrency = arguments.Number("concurrency", otherwise: 64, min: 1, max: 256);
        arguments.NoMore();
        using var client = new ShopClient(address, concurrency);
        var hot = (await Catalogue.SkusAsync(client, cancel)).MaxBy(sku => sku.Available);
        var sale = new WatchedSale(address, client, hot, orders, concurrency);
        try
        {
            return await sale.RunAsync(watchers, turns, cancel);
        }
        finally
        {
            foreach (var watcher in sale._crowd)
            {
                await watcher.DisposeAsync();
            }
        }
    }

    private async Task<int> RunAsync(int watchers, int turns, CancellationToken cancel)
    {
        var found = await client.AskAsync(_variant, new { sku = hot.Sku }, cancel);
        var variant = found.GetProperty("productVariant").GetProperty("id").GetString()!;
        for (var n = 0; n < watchers; n++)
        {
            _crowd.Add(await StockWatcher.OpenAsync(shop, cancel));
        }

        // .NET compiles meanwhile.
        await OrderAsync(cancel);
        var (alone, watched) = (0d, 0d);
        for (var turn = 0; turn < turns; turn++)
        {
            var first = turn % 2 == 0 ? await OrderAsync(cancel) : await WatchedAsync(variant, cancel);
            var second = turn % 2 == 0 ? await WatchedAsync(variant, cancel) : await OrderAsync(cancel);
            var (without, with) = turn % 2 == 0 ? (first, second) : (second, first);
            Report.Line($"turn {turn + 1}: per second without, with", $"{without:0}, {with:0}");
            alone += without / turns;
            watched += with / turns;
        }

        var loss = 1 - (watched / alone);
        Report.Line("shop", shop.Graph);
        Report.Line("SKU", $"{hot.Sku}, {watchers} watch it, a connection each");
        Report.Line("orders per second without, with", $"{alone:0}, {watched:0}");
        Report.Line("loss", $"{loss:0.000}  (aim: {LargestLoss} at most)");
        Report.Line("events", _crowd.Sum(watcher => (long)watcher.Heard));
        return loss <= LargestLoss ? 0 : 1;
    }

    private async Task<double> WatchedAsync(string variant, CancellationToken cancel)
    {
        await Task.WhenAll(_crowd.Select(watcher => watcher.ComeAsync(variant, cancel)));
        var rate = await OrderAsync(cancel);
        await Task.WhenAll(_crowd.Select(watcher => watcher.LeaveAsync(cancel)));
        return rate;
    }

    /// <returns>Orders that were accepted per second; their carts were made before.</returns>
    private async Task<double> OrderAsync(CancellationToken cancel)
    {
        _requests.Clear();
        var buyer = new Buyer(new PatientClient(client, TimeProvider.System));
        await ClosedLoop.EachAsync(orders, concurrency, "carts", MakeAsync, cancel);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(n => PlaceAsync(n, cancel)));
        return orders / Stopwatch.GetElapsedTime(began).TotalSeconds;

        async Task MakeAsync(int n)
        {
            var order = Placed.Order(await buyer.CartAsync(hot.Sku, cancel), n);
            var request = LeanClient.Request(shop.Graph, ShopClient.Body(Operation.OrderPlace, order));
            lock (_requests)
            {
                _requests.Add(request);
            }
        }
    }

    private async Task PlaceAsync(int buyer, CancellationToken cancel)
    {
        using var connection = await LeanClient.OpenAsync(shop.Graph, cancel);
        for (var n = buyer; n < _requests.Count; n += concurrency)
        {
            var answer = await connection.AskAsync(_requests[n], cancel);
            if (answer.Span.IndexOf("\"accessKey\":\""u8) < 0)
            {
                throw new ShopFaultException("NO_ORDER", Encoding.UTF8.GetString(answer.Span));
            }
        }
    }
}
