using System.Collections.Concurrent;
using System.Threading.Channels;
using Shop.Channels;
using Shop.Load.Client;

namespace Shop.Load.Pay;

/// <summary>
/// Customers who buy and pay, each by the next way. Most pay once, and half of them come back to the shop's page. Some begin twice
/// with one key, some try two ways and pay by both where they can, some pay for what they have just called off.
/// </summary>
internal sealed class PayingCustomers(
    PatientClient shop,
    ChannelSimulator channels,
    Shelf shelf,
    TimeProvider clock
) : IDisposable
{
    private const int Kinds = 20;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    private static readonly Operation _status = Operation.Statuses(1);

    private readonly Buyer _buyer = new(shop);
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly BeginPayment _begin = new(shop, clock);
    private int _placed;
    private int _paid;
    private int _doubled;
    private int _calledOff;

    /// <summary>Orders that were placed.</summary>
    public int Placed => _placed;

    /// <summary>Times that money was taken.</summary>
    public int Paid => _paid;

    /// <summary>Orders that were called off before they were paid.</summary>
    public int CalledOff => _calledOff;

    /// <summary>Calls that were answered with another payment than the first call of their key.</summary>
    public int Doubled => _doubled;

    /// <summary>Calls that had no good answer, by reason: there should be none.</summary>
    public IReadOnlyDictionary<string, int> Refused => _refused;

    /// <summary>The n-th customer.</summary>
    public Task BuyAsync(int n, CancellationToken cancel) =>
        TryAsync(async () =>
        {
            var cart = await _buyer.CartAsync(shelf.At(n), cancel);
            var order = await _buyer.PlaceAsync(cart, n, cancel);
            Interlocked.Increment(ref _placed);
            await PayAsync(n, order, cancel);
        });

    /// <summary>The next customer, whose order is placed already; where it was rejected, there is nothing to pay.</summary>
    public Task PayForAsync(PlacedOrder order, CancellationToken cancel) =>
        TryAsync(async () =>
        {
            if (await SettledAsync(order, cancel) == "AWAITING_PAYMENT")
            {
                await PayAsync(Interlocked.Increment(ref _placed), order, cancel);
            }
        });

    /// <summary>Returns once money was taken so many times; for one who waits.</summary>
    public async Task PaidAsync(int times, CancellationToken cancel)
    {
        while (_paid < times)
        {
            await _bell.Reader.ReadAsync(cancel);
        }
    }

    public void Dispose() => _begin.Dispose();

    private async Task PayAsync(int n, PlacedOrder order, CancellationToken cancel)
    {
        var (way, other) = (Way(n), Way(n + 1));
        var (kind, key) = (n % Kinds, Guid.CreateVersion7());
        var begun = await _begin.RunAsync(order, way, key, cancel);
        switch (kind)
        {
            case 3 when (await _begin.RunAsync(order, way, key, cancel)).Number != begun.Number:
                Interlocked.Increment(ref _doubled);
                break;
            case 7:
                var second = await _begin.RunAsync(order, other, Guid.CreateVersion7(), cancel);
                Pay(begun);
                begun = second;
                break;
            case 13:
                await CallOffAsync(order, cancel);
                break;
        }

        Pay(begun);
        if (kind % 2 == 0)
        {
            var input = new { paymentId = begun.Id, accessKey = order.AccessKey };
            await shop.AskAsync(PayOperation.Check, new { input }, cancel);
        }
    }

    private async Task TryAsync(Func<Task> purchase)
    {
        try
        {
            await purchase();
        }
        catch (ShopFaultException fault)
        {
            Refuse(fault.Code);
        }
        catch (ShopAwayException fault)
        {
            Refuse(fault.Message);
        }
    }

    private async Task<string?> SettledAsync(PlacedOrder order, CancellationToken cancel)
    {
        var asked = new { i0 = order.Id, k0 = order.AccessKey };
        while (true)
        {
            var data = await shop.AskAsync(_status, asked, cancel);
            if (data.GetProperty("o0").GetProperty("status").GetString() is var status and not "PENDING")
            {
                return status;
            }

            await Task.Delay(_look, clock, cancel);
        }
    }

    private static PaymentWay Way(int n) => PaymentWay.All[n % PaymentWay.All.Count];

    private async Task CallOffAsync(PlacedOrder order, CancellationToken cancel)
    {
        if (await _buyer.CancelAsync(order, cancel) is { } problem)
        {
            Refuse(problem);
        }
        else
        {
            Interlocked.Increment(ref _calledOff);
        }
    }

    private void Pay(Begun begun)
    {
        try
        {
            channels.Pay(begun.Way.Slug, begun.Number);
            Interlocked.Increment(ref _paid);
            _bell.Writer.TryWrite(true);
        }
        catch (InvalidOperationException)
        {
            // It was closed in time.
        }
    }

    private void Refuse(string reason) => _refused.AddOrUpdate(reason, 1, (_, count) => count + 1);
}
