using System.Diagnostics;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Load.Measure;

namespace Shop.Load.Pay;

/// <summary>
/// A town of its own, in which something is killed every so often while customers pay at channels that misbehave; in the end the
/// channels' books are compared with the shop's.
/// </summary>
internal static class PayOrders
{
    // Of the questions, too, a twentieth is not answered.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <returns>0; 1 if money is not where it belongs.</returns>
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancel)
    {
        var orders = arguments.Number("orders", otherwise: 1000, min: 1, max: 100_000);
        var concurrency = arguments.Number("concurrency", otherwise: 32, min: 1, max: 256);
        var every = TimeSpan.FromSeconds(arguments.Number("kill-every", otherwise: 20, min: 1, max: 3600));
        var seed = arguments.Number("seed", otherwise: Random.Shared.Next(1_000_000), min: 0, max: 1_000_000);
        arguments.NoMore();

        var home = Directory.CreateTempSubdirectory("shop-pay-").FullName;
        ShopHome.Prepare(home);
        try
        {
            var plan = new TownPlan(home, PostgresSettings.Durable, new Dictionary<string, string>());
            await using var town = await PayTown.OpenAsync(plan, seed, cancel);
            var clients = town.Town.Webs.Select(web => new ShopClient(web.Address!, concurrency)).ToList();
            var shop = new PatientClient(clients, TimeProvider.System);
            using var customers = new PayingCustomers(shop, town.Channels, town.Shelf, TimeProvider.System);
            Report.Line(
                "orders",
                $"{orders}, {concurrency} customers at once, a kill every {every.TotalSeconds} s, --seed {seed}"
            );
            var began = Stopwatch.GetTimestamp();
            using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var killing = KillAsync(town.Town, every, new(seed), closing.Token, cancel);
            await ClosedLoop.EachAsync(
                orders,
                concurrency,
                "orders",
                n => customers.BuyAsync(n, cancel),
                cancel
            );
            var took = Stopwatch.GetElapsedTime(began);
            await closing.CancelAsync();
            var kills = await killing;
            var reckoning = await PayReckoning.OfAsync(town, customers, _patience, cancel);
            Report.Line("kills", kills);
            Report.Line("seconds, until all was paid", $"{took.TotalSeconds:0}");
            Report.Line("seconds, until all was known", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0}");
            Report.Lines("calls sent again:", shop.Reasons);
            FireDrill.PrintFaults(town.Town);
            reckoning.Print();
            clients.ForEach(client => client.Dispose());
            return reckoning.IsClean ? 0 : 1;
        }
        finally
        {
            ShopHome.Remove(home);
        }
    }

    /// <returns>How many.</returns>
    private static async Task<int> KillAsync(
        Town town,
        TimeSpan every,
        Random random,
        CancellationToken stop,
        CancellationToken cancel
    )
    {
        var kills = 0;
        using var pace = new PeriodicTimer(every, TimeProvider.System);
        try
        {
            foreach (var kill in Blow.Shuffled(Blow.Kills(town), random))
            {
                await pace.WaitForNextTickAsync(stop);
                Report.Line($"{TimeProvider.System.GetUtcNow():HH:mm:ss} killed", kill.Name);
                kills++;
                await kill.StrikeAsync();
                await kill.MendAsync(cancel);
            }
        }
        catch (OperationCanceledException)
            when (stop.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // The customers have gone.
        }

        return kills;
    }
}
