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
    private readonly Plan _plan;

    private BenchPromotions(Rush rush, Merchant merchant, Plan plan) =>
        (_rush, _merchant, _plan) = (rush, merchant, plan);

    /// <summary>Of the orders accepted without any.</summary>
    private const double LeastShare = 0.90;

    /// <summary>Of the orders settled without any.</summary>
    private const double LeastShareOfLimited = 0.75;

    private const int Turns = 7;

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
        var orders = await new BenchPromotions(rush, merchant, plan).RunAsync(cancel);
        var pages = await BenchPagePrices.RunAsync(merchant, cancel);
        return Math.Max(orders, pages);
    }

    private async Task<int> RunAsync(CancellationToken cancel)
    {
        var (many, limited) = (new List<double>(), new List<double>());
        for (var turn = 0; turn <= Turns; turn++)
        {
            var without = await RunAsync([], cancel);
            var with = await RunAsync([.. Deals.Of(_plan.Promotions, _merchant.Currency)], cancel);
            var counted = await RunAsync([Deals.Limited(1_000_000_000, needsCode: false)], cancel);
            if (turn == 0)
            {
                // A shop that has just been opened is still being compiled.
                continue;
            }

            many.Add(with.Accepted / without.Accepted);
            limited.Add(counted.Settled / without.Settled);
            Report.Line($"turn {turn}: accepted, settled per second", $"{Text(without)} without");
            Report.Line("", $"{Text(with)} with {_plan.Promotions} promotions");
            Report.Line("", $"{Text(counted)} with a limited one on every order");
        }

        var (share, shareOfLimited) = (Median(many), Median(limited));
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

    private async Task<(double Accepted, double Settled)> RunAsync(
        IReadOnlyList<Promotion> planned,
        CancellationToken cancel
    )
    {
        var running = new List<PromotionId>();
        foreach (var promotion in planned)
        {
            running.Add(await _merchant.PlanAsync(promotion, cancel));
        }

        await _rush.RunAsync(WarmUp, cancel);
        var result = await _rush.RunAsync(_plan.Orders, cancel);
        foreach (var promotion in running)
        {
            await _merchant.PauseAsync(promotion, cancel);
        }

        return (result.AcceptedPerSecond, result.Settled / result.End.At.TotalSeconds);
    }

    private static double Median(List<double> shares) => shares.Order().ElementAt(shares.Count / 2);

    private static string Text((double Accepted, double Settled) rate) =>
        $"{rate.Accepted:0}, {rate.Settled:0}";
}
