using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Pay;
using Shop.Load.Replay;

namespace Shop.Load;

/// <summary>
/// Everybody wants one SKU at once: more buyers than units, each with a cart of one. The carts are made beforehand, and
/// what the SKU has more than is on sale is bought; the clock runs while the orders are placed. Each buyer watches the
/// order until it is settled; then every order is read back: as many as there were units may be sold. At last those are paid for.
/// </summary>
internal sealed class FlashSale
{
    /// <summary>How long the shop may take to settle them all.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentBag<PlacedOrder> _placed = [];
    private readonly ConcurrentBag<PlacedOrder> _sold = [];
    private readonly ConcurrentBag<Task<bool>> _watching = [];
    private readonly Samples _placing = new();
    private readonly Samples _pushing = new();
    private readonly ConcurrentDictionary<string, int> _refused = new();

    /// <returns>0; 1 if the shop sold more or less than it had, lost or doubled an order or money, or left a buyer in the dark.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var buyers = arguments.Number("buyers", otherwise: 10_000, min: 2, max: 100_000);
        var stock = arguments.Number("stock", otherwise: 1_000, min: 1, max: 100_000);
        var concurrency = arguments.Number("concurrency", otherwise: 64, min: 1, max: 256);
        arguments.NoMore();
        using var client = new ShopClient(address, concurrency);
        var patient = new PatientClient(client, TimeProvider.System);
        var buyer = new Buyer(patient);
        var sockets = (buyers + OrderWatch.OrdersOfSocket - 1) / OrderWatch.OrdersOfSocket;
        await using var watch = await OrderWatch.OpenAsync(address, sockets, cancel);
        var hot = await PutOnSaleAsync(client, buyer, watch, stock, cancel);
        var carts = new ConcurrentBag<string>();
        await ClosedLoop.EachAsync(
            buyers,
            concurrency,
            "carts",
            async _ => carts.Add(await buyer.CartAsync(hot, cancel)),
            cancel
        );

        var sale = new FlashSale();
        var cpu = CpuSplit.Start(address);
        var began = Stopwatch.GetTimestamp();
        await ClosedLoop.EachAsync(
            buyers,
            concurrency,
            "orders",
            n =>
                carts.TryTake(out var cart)
                    ? sale.BuyAsync(buyer, watch, cart, n, cancel)
                    : Task.CompletedTask,
            cancel
        );
        var took = Stopwatch.GetElapsedTime(began);
        var pushed = (await Task.WhenAll(sale._watching)).Count(settled => settled);
        Report.Line("shop", address.Graph);
        Report.Line("on sale", $"{stock} of SKU {hot}, {buyers} buyers, {concurrency} at a time");
        Report.Line(
            "accepted per second",
            $"{sale._placed.Count / took.TotalSeconds:0}  (in {took.TotalSeconds:0.0} s)"
        );
        cpu.Print(sale._placed.Count, "an order, until the last was pushed");
        var settlement = new Settlement(
            patient,
            [.. sale._placed.Distinct()],
            _patience,
            TimeProvider.System
        );
        await settlement.RunAsync(cancel);
        var isFair = sale.IsFair(stock, buyers, pushed, settlement);
        var isPaid = await new PaySold(patient, watch).RunAsync([.. sale._sold], concurrency, cancel);
        return isFair && isPaid ? 0 : 1;
    }

    /// <summary>Nobody but staff sets stock: of the SKU that has the fewest too many, the surplus is bought.</summary>
    /// <returns>The SKU.</returns>
    private static async Task<string> PutOnSaleAsync(
        ShopClient client,
        Buyer buyer,
        OrderWatch watch,
        int stock,
        CancellationToken cancel
    )
    {
        var skus = await Catalogue.SkusAsync(client, cancel);
        var hot = skus.Where(sku => sku.Available >= stock).OrderBy(sku => sku.Available).FirstOrDefault();
        if (hot.Sku is null)
        {
            throw new UsageException(
                $"The shop has no SKU with {stock} units. ./shop reset gives it back its stock."
            );
        }

        if (hot.Available > stock)
        {
            var cart = await buyer.CartAsync([(hot.Sku, hot.Available - stock)], cancel);
            var order = await buyer.PlaceAsync(cart, shopper: 0, cancel);
            if (await watch.SettledAsync(order, _patience, cancel) is not { To: "AWAITING_PAYMENT" })
            {
                throw new UsageException($"Somebody else buys SKU {hot.Sku}.");
            }
        }

        return hot.Sku;
    }

    private async Task BuyAsync(
        Buyer buyer,
        OrderWatch watch,
        string cart,
        int shopper,
        CancellationToken cancel
    )
    {
        var sent = Stopwatch.GetTimestamp();
        var (order, problem) = await buyer.TryPlaceAsync(cart, shopper, cancel);
        _placing.Add(sent, Stopwatch.GetTimestamp());
        if (order is { } placed)
        {
            _placed.Add(placed);
            _watching.Add(WatchAsync(watch, placed, sent, cancel));
        }
        else
        {
            _refused.AddOrUpdate(problem ?? "NO_ORDER", 1, (_, count) => count + 1);
        }
    }

    private async Task<bool> WatchAsync(
        OrderWatch watch,
        PlacedOrder order,
        long sent,
        CancellationToken cancel
    )
    {
        var settled = await watch.SettledAsync(order, _patience, cancel);
        if (settled is { At: var at, To: var status })
        {
            _pushing.Add(sent, at);
            if (status == "AWAITING_PAYMENT")
            {
                _sold.Add(order);
            }
        }

        return settled is not null;
    }

    private bool IsFair(int stock, int buyers, int pushed, Settlement settlement)
    {
        var sold = settlement.Count("AWAITING_PAYMENT");
        var rejected = settlement.Count("REJECTED");
        var doubled = _placed.Count - _placed.Distinct().Count();
        Report.Line("orderPlace", _placing);
        Report.Line("sent to settled and pushed", _pushing);
        Report.Lines("refused", _refused);
        Report.Line("orders accepted", _placed.Count);
        Report.Line("sold", sold);
        Report.Line("pushed", $"{pushed} of {_placed.Count}");
        Report.Line("oversold", Math.Max(0, sold - stock));
        Report.Line("doubled", doubled);
        settlement.Print();
        return sold == Math.Min(stock, buyers)
            && sold + rejected == _placed.Count
            && _placed.Count == buyers
            && pushed == buyers
            && doubled + settlement.Lost + settlement.Pending == 0;
    }
}
