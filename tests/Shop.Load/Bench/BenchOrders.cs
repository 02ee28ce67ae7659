using System.Globalization;
using Npgsql;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Steady;

namespace Shop.Load.Bench;

/// <summary>
/// How many orders the shop accepts and settles per second, beside what pgbench reaches on the same PostgreSQL with one
/// order per transaction: with its defaults, and with the statement prepared. It runs before and after, so that a machine
/// whose speed drifts is seen to drift. Then how soon an order is settled and pushed, at half of the rate just measured.
/// </summary>
internal static class BenchOrders
{
    /// <summary>The least share of pgbench's rate that the shop accepts.</summary>
    private const double LeastShare = 0.4;

    /// <summary>The longest, of 99 in a hundred, from an order due to the push that says that it is settled.</summary>
    private static readonly TimeSpan _latestPush = TimeSpan.FromMilliseconds(250);

    private const int WarmUpSeconds = 5;
    private const int SteadySeconds = 20;
    private const int WarmUpOrders = 4_000;
    private const int PgbenchSeconds = 5;

    /// <returns>0; 1 if the shop accepts too few orders, settles fewer than it accepts, loses one, or pushes too late.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var orders = arguments.Number("orders", otherwise: 15_000, min: 100, max: 200_000);
        var concurrency = arguments.Number("concurrency", otherwise: 128, min: 1, max: 256);
        var connection =
            arguments.Text("postgres")
            ?? RunningShop.Find()?.Postgres
            ?? throw new UsageException("Where is the shop's PostgreSQL? --postgres CONNECTION_STRING");
        var promotions = arguments.Number("promotions", otherwise: 0, min: 0, max: 500);
        arguments.NoMore();
        var server = Primary(connection);
        if (promotions == 0)
        {
            return await RunAsync(address, server, orders, concurrency, cancel);
        }

        await using var database = NpgsqlDataSource.Create(server);
        return await BenchPromotions.RunAsync(
            address,
            database,
            new(promotions, orders, concurrency),
            cancel
        );
    }

    private static async Task<int> RunAsync(
        ShopAddress address,
        NpgsqlConnectionStringBuilder server,
        int orders,
        int concurrency,
        CancellationToken cancel
    )
    {
        await using var database = NpgsqlDataSource.Create(server);
        await using var pgbench = await Pgbench.PrepareAsync(database, server, cancel);
        using var client = new ShopClient(address, concurrency);
        var rush = new Rush(client, address, database, concurrency);
        await rush.PrepareAsync(WarmUpOrders + orders, cancel);

        await rush.RunAsync(WarmUpOrders, cancel);
        var before = await BothAsync(pgbench, cancel);
        var result = await rush.RunAsync(orders, cancel);
        var after = await BothAsync(pgbench, cancel);
        var pace = new Pace(Rate: Math.Max(1, (int)(result.AcceptedPerSecond / 2)), SteadySeconds);
        // Nobody has watched an order yet: that is warmed up, too.
        await SteadyAsync(address, client, pace with { Seconds = WarmUpSeconds }, cancel);
        var half = await SteadyAsync(address, client, pace, cancel);

        var share = result.AcceptedPerSecond / ((before.Simple + after.Simple) / 2);
        var shareOfPrepared = result.AcceptedPerSecond / ((before.Prepared + after.Prepared) / 2);
        Report.Line("shop", address.Graph);
        Report.Line(
            "pgbench, one order a transaction",
            $"{before.Simple:0} before, {after.Simple:0} after  (per second)"
        );
        Report.Line(
            "the same, statement prepared",
            $"{before.Prepared:0} before, {after.Prepared:0} after  (per second)"
        );
        Report.Line(
            "accepted per second",
            $"{result.AcceptedPerSecond:0}  (in {result.Took.TotalSeconds:0.0} s)"
        );
        Report.Line(
            "share of pgbench",
            $"{share:0.00}  (aim: {LeastShare:0.0}); prepared {shareOfPrepared:0.00}"
        );
        Report.Line("orderPlace", result.Placing);
        Report.Line("settled per second", $"{result.SettledPerSecond:0}");
        Report.Line("waiting, half-way and at the end", $"{result.WaitingHalfWay}, {result.WaitingAtEnd}");
        Report.Line("orders accepted, settled", $"{result.Accepted}, {result.Settled}");
        Report.Line("half of that, sent per second", $"{pace.Rate}, for {pace.Seconds} s");
        Report.Line("orderPlace, from when it was due", half.Placing);
        Report.Line($"due to settled and pushed (p99: {_latestPush.TotalMilliseconds:0} ms)", half.Pushing);
        return
            share >= LeastShare
            && result.KeepsUp
            && result.Settled == result.Accepted
            && half.Placed.Count == pace.Orders
            && half.NotPushed == 0
            && half.Pushing.Sort().At(99) <= _latestPush
            ? 0
            : 1;
    }

    private static async Task<(double Simple, double Prepared)> BothAsync(
        Pgbench pgbench,
        CancellationToken cancel
    ) =>
        (
            await pgbench.RunAsync("simple", PgbenchSeconds, cancel),
            await pgbench.RunAsync("prepared", PgbenchSeconds, cancel)
        );

    private static async Task<SteadyLoad> SteadyAsync(
        ShopAddress address,
        ShopClient client,
        Pace pace,
        CancellationToken cancel
    )
    {
        await using var load = await SteadyLoad.PrepareAsync(address, client, pace, cancel);
        await load.RunAsync(cancel);
        return load;
    }

    /// <summary>The first host of the list; it may bring its port along.</summary>
    public static NpgsqlConnectionStringBuilder Primary(string connection)
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        if (server.Host!.Split(',')[0].Split(':') is [var host, .. var port])
        {
            server.Host = host;
            server.Port = port is [var number]
                ? int.Parse(number, CultureInfo.InvariantCulture)
                : server.Port;
        }

        return server;
    }
}
