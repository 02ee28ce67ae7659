using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Pay;

/// <summary>
/// How fast an idle shop is for one shopper who pays without money: an order, its payment, the sandbox's page, and both watched
/// over one connection that stays open. The sandbox's own time lies between the button and the shop's news: it writes its book and
/// sends a notice, each an HTTP call and a transaction of its own.
/// </summary>
internal sealed class WatchPayments : IDisposable
{
    /// <summary>Orders before the clock starts: code is compiled and connections are opened at first use.</summary>
    private const int WarmUp = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Samples _settled = new();
    private readonly Samples _begun = new();
    private readonly Samples _captured = new();
    private readonly Samples _paid = new();
    private readonly Samples _all = new();
    private readonly Buyer _buyer;
    private readonly SandboxCustomer _customer;
    private readonly EventSocket _socket;

    private WatchPayments(PatientClient shop, EventSocket socket) =>
        (_buyer, _customer, _socket) = (new(shop), new(shop), socket);

    /// <returns>0; no order fails to be paid without a word.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var orders = arguments.Number("orders", otherwise: 200, min: 1, max: 10_000);
        arguments.NoMore();
        using var client = new ShopClient(address, connections: 2);
        var skus = (await Catalogue.SkusAsync(client, cancel)).Where(sku => sku.Available >= 10).ToList();
        await using var socket = await EventSocket.OpenAsync(address, cancel);
        using var watch = new WatchPayments(new(client, TimeProvider.System), socket);
        for (var n = -WarmUp; n < orders; n++)
        {
            await watch.PayAsync(skus[(n + WarmUp) % skus.Count].Sku, isCounted: n >= 0, cancel);
        }

        Report.Line("shop", address.Graph);
        Report.Line("orders", $"{orders}, one at a time, after {WarmUp} that are not counted");
        Report.Line("orderPlace to AWAITING_PAYMENT pushed", watch._settled);
        Report.Line("paymentBegin answered", watch._begun);
        Report.Line("button to payment CAPTURED pushed", watch._captured);
        Report.Line("button to order PAID pushed", watch._paid);
        Report.Line("the three together, for each order", watch._all);
        return 0;
    }

    public void Dispose() => _customer.Dispose();

    private async Task PayAsync(string sku, bool isCounted, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(_patience);
        var cart = await _buyer.CartAsync(sku, late.Token);
        var placed = Stopwatch.GetTimestamp();
        var order = await _buyer.PlaceAsync(cart, shopper: 0, late.Token);
        await using var steps = OrderWatch
            .WatchAsync(_socket, order, fromVersion: null, late.Token)
            .GetAsyncEnumerator(late.Token);
        var settled = await ReachAsync(steps, "AWAITING_PAYMENT");

        var asked = Stopwatch.GetTimestamp();
        var page = await _customer.BeginAsync(order, late.Token);
        var begun = Stopwatch.GetTimestamp();
        var captured = CapturedAsync(order, late.Token);
        using var form = await _customer.OpenAsync(page, late.Token);
        var pressed = Stopwatch.GetTimestamp();
        var answered = _customer.PressAsync(page, form, late.Token);
        var paid = await ReachAsync(steps, "PAID");
        var capturedAt = await captured;
        await answered;
        if (isCounted)
        {
            _settled.Add(placed, settled);
            _begun.Add(asked, begun);
            _captured.Add(pressed, capturedAt);
            _paid.Add(pressed, paid);
            _all.Add(0, settled - placed + (begun - asked) + (paid - pressed));
        }
    }

    private async Task<long> CapturedAsync(PlacedOrder order, CancellationToken cancel)
    {
        var variables = new { order = order.Id, accessKey = order.AccessKey };
        await foreach (var pushed in _socket.SubscribeAsync(PayOperation.Changed, variables, cancel))
        {
            if (pushed.Data.GetProperty("paymentChanged").GetProperty("status").GetString() == "CAPTURED")
            {
                return pushed.At;
            }
        }

        throw new ShopAwayException("paymentChanged has ended.", null);
    }

    private static async Task<long> ReachAsync(IAsyncEnumerator<OrderPush> steps, string status)
    {
        while (await steps.MoveNextAsync())
        {
            if (steps.Current.To == status)
            {
                return steps.Current.At;
            }
        }

        throw new ShopAwayException("orderStatusChanged has ended.", null);
    }
}
