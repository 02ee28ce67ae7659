using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Shop.GraphQL.Engine.Schema;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Pay;

/// <summary>
/// Has the buyers of a sale pay for what they got, at the page that takes no money, once all orders are placed and settled: placing
/// is measured without it.
/// </summary>
internal sealed class PaySold(PatientClient shop, OrderWatch watch)
{
    private const int MostShown = 20;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Samples _beginning = new();
    private readonly Samples _paying = new();
    private int _paid;

    /// <returns>Whether every order is PAID, and the shop's books and the sandbox's are one.</returns>
    public async Task<bool> RunAsync(
        IReadOnlyList<PlacedOrder> orders,
        int concurrency,
        CancellationToken cancel
    )
    {
        using var customer = new SandboxCustomer(shop);
        var began = Stopwatch.GetTimestamp();
        await ClosedLoop.EachAsync(
            orders.Count,
            concurrency,
            "payments",
            n => PayAsync(customer, orders[n], cancel),
            cancel
        );
        var took = Stopwatch.GetElapsedTime(began);
        Report.Line("paid", $"{_paid} of {orders.Count}");
        Report.Line("paid per second", $"{_paid / took.TotalSeconds:0}  (in {took.TotalSeconds:0.0} s)");
        Report.Line("paymentBegin", _beginning);
        Report.Line("button to PAID pushed", _paying);
        return await AgreesAsync(orders, cancel) && _paid == orders.Count;
    }

    private async Task PayAsync(SandboxCustomer customer, PlacedOrder order, CancellationToken cancel)
    {
        var asked = Stopwatch.GetTimestamp();
        var page = await customer.BeginAsync(order, cancel);
        _beginning.Add(asked, Stopwatch.GetTimestamp());
        using var form = await customer.OpenAsync(page, cancel);
        var paid = watch.ReachedAsync(order, status => status == "PAID", _patience, cancel);
        var pressed = Stopwatch.GetTimestamp();
        await customer.PressAsync(page, form, cancel);
        if (await paid is { At: var at })
        {
            _paying.Add(pressed, at);
            Interlocked.Increment(ref _paid);
        }
    }

    private static async Task<bool> AgreesAsync(IReadOnlyList<PlacedOrder> orders, CancellationToken cancel)
    {
        if (RunningShop.Find() is not { Postgres: var postgres })
        {
            Report.Line("books of payments", "not compared: it is not the shop of SHOP_HOME");
            return true;
        }

        await using var primary = new NpgsqlDataSourceBuilder(postgres)
            .BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.Primary);
        var bought = orders
            .Select(order => long.Parse(GlobalId.Parse(order.Id).Key, CultureInfo.InvariantCulture))
            .ToHashSet();
        var all = await MoneyHere.AllAsync(primary, cancel);
        var here = all.Where(payment => bought.Contains(payment.Order)).ToList();
        // What others pay meanwhile is none of the sale's.
        var others = all.Except(here).Select(payment => payment.Number).ToHashSet();
        var there = (await SandboxBook.AllAsync(primary, cancel))
            .Where(trade => !others.Contains(trade.OutNo))
            .ToList();
        var differences = MoneyCompared.Differences(there, here).ToList();
        Report.Line(
            "taken there, here, in minor units",
            $"{there.Sum(trade => trade.PaidMinor)}, {here.Sum(payment => payment.TakenMinor)}"
        );
        Report.Line("differences", differences.Count);
        foreach (var difference in differences.Take(MostShown))
        {
            Report.Line("", difference);
        }

        return differences.Count == 0;
    }
}
