using Shop.Load.Measure;

namespace Shop.Load.Bench.Events;

/// <summary>
/// What others outside cost the shop, how late they hear, and what they have after all brokers were away: with librdkafka's own cluster of
/// three brokers in this process. What it costs is measured as by <see cref="BenchPairs"/>.
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
    /// <param name="Turns">Pairs of rushes, with the relay and without.</param>
    /// <param name="Concurrency">Clients at once.</param>
    /// <param name="Steps">A second, to see how late they are heard.</param>
    /// <param name="Seconds">For how long.</param>
    /// <param name="Outage">Orders of the rush in which all brokers go away.</param>
    /// <param name="Away">For how many seconds.</param>
    private sealed record Plan(
        int Orders,
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
            Orders: arguments.Number("orders", otherwise: 2_000, min: 100, max: 100_000),
            Turns: arguments.Number("turns", otherwise: 12, min: 1, max: 50),
            Concurrency: arguments.Number("concurrency", otherwise: 128, min: 1, max: 256),
            Steps: arguments.Number("steps", otherwise: 2_000, min: 200, max: 20_000),
            Seconds: arguments.Number("seconds", otherwise: 30, min: 1, max: 600),
            Outage: arguments.Number("outage-orders", otherwise: 20_000, min: 100, max: 100_000),
            Away: arguments.Number("away", otherwise: 10, min: 0, max: 600)
        );
        arguments.NoMore();
        using var cluster = new MockCluster(Topic);
        bool isWell;
        // Who reads outside takes no part in what the relay costs.
        await using (var reader = new EventReader(cluster.Address, Topic))
        {
            await using var shop = await OwnShop.OpenAsync([KafkaAt(cluster)], plan.Concurrency, cancel);
            isWell = await LagAsync(shop, reader, plan, cancel);
            isWell &= await OutageAsync(shop, cluster, reader, plan, cancel);
        }

        isWell &= await BenchPairs.ShareAsync(
            [KafkaAt(cluster)],
            new(plan.Orders, plan.Turns, plan.Concurrency),
            LeastShare,
            cancel
        );
        return isWell ? 0 : 1;
    }

    private static string KafkaAt(MockCluster cluster) => $"Outside:Kafka={cluster.Address}";

    private static async Task<bool> LagAsync(
        OwnShop shop,
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
        OwnShop shop,
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
}
