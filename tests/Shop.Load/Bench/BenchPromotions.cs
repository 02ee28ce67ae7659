using System.Globalization;
using Npgsql;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Plan;

namespace Shop.Load.Bench;

/// <summary>
/// What promotions cost: the same rush of orders without any, with so many that run, and with one of a limited number of uses, in turns,
/// so that a machine whose speed drifts is not taken for them.
/// </summary>
internal sealed class BenchPromotions
{
    private readonly Rush _rush;
    private readonly Merchant _merchant;
    private readonly ShopAddress _shop;
    private readonly Plan _plan;

    private BenchPromotions(Rush rush, Merchant merchant, ShopAddress shop, Plan plan) =>
        (_rush, _merchant, _shop, _plan) = (rush, merchant, shop, plan);

    /// <summary>Of the orders accepted without any.</summary>
    private const double LeastShare = 0.90;

    /// <summary>Of the orders settled without any.</summary>
    private const double LeastShareOfLimited = 0.75;

    private const int Turns = 12;

    // After each change: the shop reads its promotions anew.
    private const int WarmUp = 500;

    /// <summary>What is measured.</summary>
    /// <param name="Promotions">How many run.</param>
    /// <param name="Orders">Of each rush; there are three to a turn.</param>
    /// <param name="Concurrency">Clients at once.</param>
    internal sealed record Plan(int Promotions, int Orders, int Concurrency);

    /// <returns>0; 1 if promotions cost too much.</returns>
    public static async Task<int> RunAsync(
        ShopAddress address,
        NpgsqlDataSource database,
        Plan plan,
        CancellationToken cancel
    )
    {
        var stores =
            RunningShop.Find()
            ?? throw new UsageException("No shop runs in SHOP_HOME, where promotions could be planned.");
        await using var merchant = await Merchant.OpenAsync(stores.Postgres, stores.Redis, cancel);
        using var client = new ShopClient(address, plan.Concurrency);
        var rush = new Rush(client, address, database, plan.Concurrency);
        await rush.PrepareAsync((1 + Turns) * 3 * (plan.Orders + WarmUp), cancel);
        var orders = await new BenchPromotions(rush, merchant, address, plan).RunAsync(cancel);
        var pages = await BenchPagePrices.RunAsync(merchant, cancel);
        return Math.Max(orders, pages);
    }

    private async Task<int> RunAsync(CancellationToken cancel)
    {
        var ways = new (string Name, IReadOnlyList<Promotion> Planned)[]
        {
            ("without", []),
            ($"with {_plan.Promotions} promotions", [.. Deals.Of(_plan.Promotions, _merchant.Currency)]),
            ("with a limited one on every order", [Deals.Limited(1_000_000_000, needsCode: false)]),
        };
        var turns = new List<Rate[]>();
        for (var turn = 0; turn <= Turns; turn++)
        {
            var rates = new Rate[ways.Length];
            for (var place = 0; place < ways.Length; place++)
            {
                // There and back: what a rush leaves behind for PostgreSQL to tidy falls not always to the same one.
                var way = turn % 2 == 0 ? place : ways.Length - 1 - place;
                rates[way] = await RunAsync(ways[way].Planned, cancel);
            }

            // A shop that has just been opened is still being compiled.
            if (turn > 0)
            {
                turns.Add(rates);
                Print(turn, ways.Zip(rates, (way, rate) => (way.Name, rate)));
            }
        }

        var (share, shareOfLimited) = (
            Median(turns.Select(turn => turn[1].Accepted / turn[0].Accepted)),
            Median(turns.Select(turn => turn[2].Settled / turn[0].Settled))
        );
        foreach (var (way, (name, _)) in ways.Index())
        {
            Report.Line("CPU", $"{Cpu(turns.Select(turn => turn[way].Cpu))} us an order {name}");
        }

        Report.Line(
            $"accepted with {_plan.Promotions} promotions",
            $"{share:0.00} of without  (aim: {LeastShare:0.00})"
        );
        Report.Line(
            "settled with a limited one",
            $"{shareOfLimited:0.00} of without  (aim: {LeastShareOfLimited:0.00})"
        );
        return share >= LeastShare && shareOfLimited >= LeastShareOfLimited ? 0 : 1;
    }

    private async Task<Rate> RunAsync(IReadOnlyList<Promotion> planned, CancellationToken cancel)
    {
        var running = new List<PromotionId>();
        foreach (var promotion in planned)
        {
            running.Add(await _merchant.PlanAsync(promotion, cancel));
        }

        await _rush.RunAsync(WarmUp, cancel);
        var cpu = CpuSplit.Start(_shop);
        var result = await _rush.RunAsync(_plan.Orders, cancel);
        var used = cpu.Used;
        foreach (var promotion in running)
        {
            await _merchant.PauseAsync(promotion, cancel);
        }

        return new(
            result.AcceptedPerSecond,
            result.Settled / result.End.At.TotalSeconds,
            [.. used.Select(one => (one.Name, one.Used.TotalMicroseconds / _plan.Orders))]
        );
    }

    private static string Cpu(IEnumerable<IReadOnlyList<(string Name, double Used)>> turns) =>
        string.Join(
            ", ",
            turns
                .SelectMany(turn => turn.Append((Name: "all", Used: turn.Sum(one => one.Used))))
                .GroupBy(one => one.Name, one => one.Used)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {Median(one):0}"))
        );

    private static void Print(int turn, IEnumerable<(string Name, Rate Rate)> ways)
    {
        foreach (var (n, (name, rate)) in ways.Index())
        {
            Report.Line(
                n == 0 ? $"turn {turn}: accepted, settled per second" : "",
                $"{rate.Accepted:0}, {rate.Settled:0} {name}"
            );
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Of one rush.</summary>
    /// <param name="Accepted">Orders a second.</param>
    /// <param name="Settled">Orders a second, until the last is.</param>
    /// <param name="Cpu">Of shop, stores and load tool, in microseconds an order.</param>
    private sealed record Rate(
        double Accepted,
        double Settled,
        IReadOnlyList<(string Name, double Used)> Cpu
    );
}
