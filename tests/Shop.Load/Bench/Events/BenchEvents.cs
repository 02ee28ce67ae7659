using Shop.Load.Measure;

namespace Shop.Load.Bench.Events;

/// <summary>
/// What others outside cost the shop, how late they hear, and what they have after all brokers were away: with librdkafka's own cluster of
/// three brokers in this process. Orders are taken by shops that are opened in turn, with the relay and without, so that a machine
/// whose speed drifts is not taken for it.
/// </summary>
internal static class BenchEvents
{
    private const double LeastShare = 0.97;
    private const string Topic = "shop.orders";
    private const int OrdersForSteps = 1_000;

    private static readonly TimeSpan _latest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>What is measured.</summary>
    /// <param name="Orders">Of each rush.</param>
    /// <param name="WarmUp">Orders before one that counts.</param>
    /// <param name="Turns">Pairs of rushes, with the relay and without.</param>
    /// <param name="Concurrency">Clients at once.</param>
    /// <param name="Steps">A second, to see how late they are heard.</param>
    /// <param name="Seconds">For how long.</param>
    /// <param name="Outage">Orders of the rush in which all brokers go away.</param>
    /// <param name="Away">For how many seconds.</param>
    private sealed record Plan(
        int Orders,
        int WarmUp,
        int Turns,
        int Concurrency,
        int Steps,
        int Seconds,
        int Outage,
        int Away
    );

    /// <returns>0; 1 if the relay costs too much, those outside hear too late, or lack something.</returns>
    public static async Task<int> RunAsync(ShopAddress _, Arguments arguments, CancellationToken cancel)
    {
        var plan = new Plan(
            Orders: arguments.Number("orders", otherwise: 8_000, min: 100, max: 100_000),
            WarmUp: arguments.Number("warm-up", otherwise: 4_000, min: 0, max: 100_000),
            Turns: arguments.Number("turns", otherwise: 7, min: 1, max: 50),
            Concurrency: arguments.Number("concurrency", otherwise: 128, min: 1, max: 256),
            Steps: arguments.Number("steps", otherwise: 2_000, min: 200, max: 20_000),
            Seconds: arguments.Number("seconds", otherwise: 30, min: 1, max: 600),
            Outage: arguments.Number("outage-orders", otherwise: 20_000, min: 100, max: 100_000),
            Away: arguments.Number("away", otherwise: 10, min: 0, max: 600)
        );
        arguments.NoMore();
        if (Environment.GetEnvironmentVariable("SHOP_HOME") is not { Length: > 0 })
        {
            throw new UsageException("It opens shops of its own: SHOP_HOME names a folder for them.");
        }

        using var cluster = new MockCluster(Topic);
        bool isWell;
        // Who reads outside takes no part in what the relay costs.
        await using (var reader = new EventReader(cluster.Address, Topic))
        {
            await using var shop = await EventsShop.OpenAsync(cluster.Address, plan.Concurrency, cancel);
            isWell = await LagAsync(shop, reader, plan, cancel);
            isWell &= await OutageAsync(shop, cluster, reader, plan, cancel);
        }

        isWell &= await CostAsync(cluster, plan, cancel);
        return isWell ? 0 : 1;
    }

    private static async Task<bool> LagAsync(
        EventsShop shop,
        EventReader reader,
        Plan plan,
        CancellationToken cancel
    )
    {
        await shop.Rush.PrepareAsync(OrdersForSteps, cancel);
        await shop.Rush.RunAsync(OrdersForSteps, cancel);
        var orders = await shop.Database.ListAsync(
            """select id from orders."order" where status <> 0""",
            row => row.GetInt64(0),
            cancel
        );
        await reader.AwaitAsync(2 * orders.Count, _patience, cancel);
        reader.TakeLag();
        var before = reader.Steps;
        var rate = await StepWriter.RunAsync(shop.Database, orders, plan.Steps, plan.Seconds, cancel);
        await reader.AwaitAsync(before + (long)(rate * plan.Seconds), TimeSpan.FromSeconds(10), cancel);
        var lag = reader.TakeLag();
        Report.Line("steps a second, written", $"{rate:0}, for {plan.Seconds} s");
        Report.Line($"taken to read outside (p99: {_latest.TotalSeconds:0} s)", lag);
        return lag.Count > 0 && lag.Sort().At(99) <= _latest;
    }

    private static async Task<bool> OutageAsync(
        EventsShop shop,
        MockCluster cluster,
        EventReader reader,
        Plan plan,
        CancellationToken cancel
    )
    {
        await shop.Rush.PrepareAsync(plan.Outage, cancel);
        var before = reader.Steps;
        var rush = shop.Rush.RunAsync(plan.Outage, cancel);
        await reader.AwaitAsync(before + plan.Outage / 4, _patience, cancel);
        cluster.SetDown();
        await Task.Delay(TimeSpan.FromSeconds(plan.Away), TimeProvider.System, cancel);
        cluster.SetUp();
        var began = TimeProvider.System.GetTimestamp();
        var result = await rush;
        var steps = await shop.Database.ListAsync(
            "select order_id, sequence from orders.order_event where tx is not null",
            row => $"orders/{row.GetInt64(0)}/{row.GetInt32(1)}",
            cancel
        );
        await reader.AwaitAsync(steps.Count, _patience, cancel);
        var caughtUp = TimeProvider.System.GetElapsedTime(began);
        var (missing, unknown) = reader.Compare(steps);
        Report.Line(
            "orders while all brokers were away",
            $"{result.Accepted} accepted, {result.AcceptedPerSecond:0} a second; away for {plan.Away} s"
        );
        Report.Line("all read, after they were back", $"{caughtUp.TotalSeconds:0.0} s");
        Report.Line("steps, lacking, unknown", $"{steps.Count}, {missing}, {unknown}");
        Report.Line("read again, out of order", $"{reader.Again}, {reader.OutOfOrder}");
        return result.Settled == result.Accepted && missing + unknown + reader.OutOfOrder == 0;
    }

    private static async Task<bool> CostAsync(MockCluster cluster, Plan plan, CancellationToken cancel)
    {
        var turns = new List<(double With, double Without)>();
        for (var turn = 0; turn < plan.Turns; turn++)
        {
            // There and back: what one leaves behind for PostgreSQL to tidy falls not always to the same one.
            var first = turn % 2 == 0;
            var one = await RushAsync(first ? cluster.Address : null, plan, cancel);
            var other = await RushAsync(first ? null : cluster.Address, plan, cancel);
            turns.Add(first ? (one, other) : (other, one));
            Report.Line(
                $"turn {turn + 1}: accepted a second",
                $"{turns[^1].With:0} with the relay, {turns[^1].Without:0} without"
            );
        }

        var share = Median(turns.Select(turn => turn.With / turn.Without));
        Report.Line(
            "accepted a second, medians",
            $"{Median(turns.Select(turn => turn.With)):0} with the relay, {Median(turns.Select(turn => turn.Without)):0} without"
        );
        Report.Line("with the relay, of without", $"{share:0.00}  (aim: {LeastShare:0.00})");
        return share >= LeastShare;
    }

    private static async Task<double> RushAsync(string? kafka, Plan plan, CancellationToken cancel)
    {
        await using var shop = await EventsShop.OpenAsync(kafka, plan.Concurrency, cancel);
        await shop.Rush.PrepareAsync(plan.WarmUp + plan.Orders, cancel);
        await shop.Rush.RunAsync(plan.WarmUp, cancel);
        return (await shop.Rush.RunAsync(plan.Orders, cancel)).AcceptedPerSecond;
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
