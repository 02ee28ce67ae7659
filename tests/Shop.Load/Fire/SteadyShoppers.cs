using System.Collections.Concurrent;
using System.Threading.Channels;
using Shop.Load.Client;

namespace Shop.Load.Fire;

/// <summary>
/// Shoppers that go on buying while things break: a cart, an order, now and then the same call once more, now and then
/// a cancellation. Every call is repeated, with its key, until it is answered; every answer is kept.
/// </summary>
/// <param name="shop">Asks until it is answered.</param>
/// <param name="skus">What they buy from.</param>
/// <param name="pause">Between two purchases of one shopper.</param>
/// <param name="clock">Paces them.</param>
/// <param name="pay">Goes on with the orders that are neither called off nor forgotten; null where nobody pays.</param>
internal sealed class SteadyShoppers(
    PatientClient shop,
    IReadOnlyList<KnownSku> skus,
    TimeSpan pause,
    TimeProvider clock,
    Func<PlacedOrder, Task>? pay = null
)
{
    /// <summary>Each so-many-th order is placed twice with one key, is cancelled, or is left to the clock; all others are paid.</summary>
    private const int TwiceEach = 5;
    private const int CancelledEach = 4;
    private const int ForgottenEach = 3;

    private readonly Buyer _buyer = new(shop);
    private readonly ConcurrentQueue<PlacedOrder> _answered = new();
    private readonly ConcurrentQueue<PlacedOrder> _cancelled = new();
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly ConcurrentQueue<Task> _paying = new();

    // Rings at each answer; rings that nobody heard are one.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private int _began;
    private int _doubled;

    /// <summary>The orders that the shop has promised to keep.</summary>
    public IReadOnlyCollection<PlacedOrder> Answered => _answered;

    /// <summary>Those that it has promised to call off.</summary>
    public IReadOnlyCollection<PlacedOrder> Cancelled => _cancelled;

    /// <summary>Calls that were refused, or got no answer at all, by reason: there should be none.</summary>
    public IReadOnlyDictionary<string, int> Refused => _refused;

    /// <summary>Calls that were answered with another order than the first call of their key.</summary>
    public int Doubled => _doubled;

    /// <summary>Calls that were sent again.</summary>
    public int Retries => shop.Retries;

    /// <summary>Why, and how often, so far.</summary>
    public IReadOnlyDictionary<string, int> ReasonsNow => shop.Reasons.ToDictionary();

    /// <summary>They buy until they are told to stop, each finishing the purchase it is at.</summary>
    public async Task BuyAsync(int shoppers, CancellationToken stop)
    {
        await Task.WhenAll(Enumerable.Range(0, shoppers).Select(_ => GoOnBuyingAsync(stop)));
        await Task.WhenAll(_paying);
    }

    /// <summary>Returns once so many orders have been answered from now on; for one who waits.</summary>
    public async Task AnsweredAsync(int more, CancellationToken cancel)
    {
        var goal = _answered.Count + more;
        while (_answered.Count < goal)
        {
            await _bell.Reader.ReadAsync(cancel);
        }
    }

    private async Task GoOnBuyingAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await PurchaseAsync(Interlocked.Increment(ref _began));
                await Task.Delay(pause, clock, stop);
            }
            catch (ShopFaultException fault)
            {
                Refuse(fault.Code);
            }
            catch (ShopAwayException fault)
            {
                Refuse(fault.Message);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PurchaseAsync(int number)
    {
        var lines = Random
            .Shared.GetItems([.. skus], length: Random.Shared.Next(1, 4))
            .DistinctBy(sku => sku.Sku)
            .Select(sku => (sku.Sku, Quantity: 1));
        // Never cancelled: a call that was sent is repeated until it is known what became of it.
        var cart = await _buyer.CartAsync(lines, CancellationToken.None);
        var input = Placed.Order(cart, number);
        if (await PlaceAsync(input) is not { } order)
        {
            return;
        }

        _answered.Enqueue(order);
        _bell.Writer.TryWrite(true);
        if (number % TwiceEach == 0 && await PlaceAsync(input) is { } again && again != order)
        {
            Interlocked.Increment(ref _doubled);
        }

        if (number % CancelledEach == 0)
        {
            await CancelAsync(order);
        }
        else if (pay is not null && number % ForgottenEach != 0)
        {
            // Beside what they buy next: who waits for a killed job host buys on.
            _paying.Enqueue(pay(order));
        }
    }

    private async Task<PlacedOrder?> PlaceAsync(object input)
    {
        var data = await shop.AskAsync(Operation.OrderPlace, input, CancellationToken.None);
        var (order, problem) = Placed.ReadOrder(data);
        if (order is null)
        {
            Refuse($"order: {problem}");
        }

        return order;
    }

    private async Task CancelAsync(PlacedOrder order)
    {
        switch (await _buyer.CancelAsync(order, CancellationToken.None))
        {
            case null:
                _cancelled.Enqueue(order);
                break;
            case "NOT_ALLOWED_NOW":
                // It was rejected first: there was not enough of something.
                break;
            case var problem:
                Refuse($"cancellation: {problem}");
                break;
        }
    }

    private void Refuse(string reason) => _refused.AddOrUpdate(reason, 1, (_, count) => count + 1);
}
