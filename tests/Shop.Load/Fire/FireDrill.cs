using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Pay;

namespace Shop.Load.Fire;

/// <summary>
/// A town of its own under steady load, in which something is killed, filled or refused every half minute, beside channels that
/// misbehave; in the end every answer that clients were given is compared with what is there, and money there with money here.
/// </summary>
internal static class FireDrill
{
    private const string Disk = "disk";

    // Short, so that the clock cancels orders during the drill, too, and all of them before it ends; long enough to begin a payment
    // meanwhile, which takes a minute that is left.
    private const string PaymentTerm = "00:03:00";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(6);

    // For what was lost, and for questions that are not answered.
    private static readonly TimeSpan _payingPatience = TimeSpan.FromMinutes(5);

    /// <returns>0; 1 if a promise was broken or the books do not balance.</returns>
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancel)
    {
        var disk = arguments.Text(Disk);
        if (disk is null && OwnDisk.IsPossible)
        {
            return await OwnDisk.RunAsync($"--{Disk}", cancel);
        }

        var clock = TimeProvider.System;
        var minutes = arguments.Number("minutes", otherwise: 10, min: 1, max: 24 * 60);
        var every = TimeSpan.FromSeconds(arguments.Number("every", otherwise: 30, min: 1, max: 3600));
        var count = arguments.Number("shoppers", otherwise: 4, min: 1, max: 64);
        var pause = TimeSpan.FromMilliseconds(arguments.Number("pause", otherwise: 100, min: 0, max: 60_000));
        var seed = arguments.Number("seed", otherwise: Random.Shared.Next(1_000_000), min: 0, max: 1_000_000);
        arguments.NoMore();

        var home = disk ?? Directory.CreateTempSubdirectory("shop-fire-").FullName;
        ShopHome.Prepare(home);
        try
        {
            await using var place = await PayTown.OpenAsync(PlanOf(home, disk), seed, cancel);
            var town = place.Town;
            var clients = town.Webs.Select(web => new ShopClient(web.Address!, count)).ToList();
            var skus = await Catalogue.SkusAsync(clients[0], cancel);
            var shop = new PatientClient(clients, clock);
            using var customers = new PayingCustomers(shop, place.Channels, place.Shelf, clock);
            var shoppers = new SteadyShoppers(
                shop,
                skus,
                pause,
                clock,
                order => customers.PayForAsync(order, cancel)
            );
            var recovery = new Recovery(town, shoppers, clock);
            Report.Line(
                "drill",
                $"{minutes} min, a blow every {every.TotalSeconds} s, {count} shoppers, --seed {seed}"
            );

            await BurnAsync(town, shoppers, recovery, new(minutes, every, count, seed), clock, cancel);
            var reckoning = await ReckonAsync(town, shop, shoppers, recovery, cancel);
            Report.Line("blows", recovery.Strikes);
            recovery.Print();
            Report.Lines("calls sent again:", shop.Reasons);
            PrintFaults(town);
            reckoning.Print();
            Report.Line("", "");
            var money = await PayReckoning.OfAsync(place, customers, _payingPatience, cancel);
            money.Print();
            clients.ForEach(client => client.Dispose());
            return reckoning.IsClean && money.IsClean ? 0 : 1;
        }
        finally
        {
            if (disk is null)
            {
                ShopHome.Remove(home);
            }
        }
    }

    /// <summary>Says what stood behind each INTERNAL that no statement of a drill has caused.</summary>
    public static void PrintFaults(Town town)
    {
        foreach (var fault in town.Webs.SelectMany(web => web.Faults))
        {
            if (!fault.Contains(RefusedOrder.Fault, StringComparison.Ordinal))
            {
                Report.Line("behind an INTERNAL", fault);
            }
        }
    }

    private static TownPlan PlanOf(string home, string? disk) =>
        new(
            home,
            PostgresSettings.Durable,
            new Dictionary<string, string>
            {
                ["Orders__PaymentTerm"] = PaymentTerm,
                ["Orders__PaymentGrace"] = "00:00:00",
            },
            disk is null ? null : new(disk)
        );

    private static async Task BurnAsync(
        Town town,
        SteadyShoppers shoppers,
        Recovery recovery,
        Plan plan,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (began, length) = (clock.GetTimestamp(), TimeSpan.FromMinutes(plan.Minutes));
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var buying = shoppers.BuyAsync(plan.Shoppers, closing.Token);
        await using (
            new Progress(
                () =>
                    (
                        clock.GetElapsedTime(began) / length,
                        $"{shoppers.Answered.Count} orders, {recovery.Strikes} blows, {shoppers.Retries} calls sent again"
                    ),
                clock
            )
        )
        {
            using var pace = new PeriodicTimer(plan.Every, clock);
            foreach (var blow in Blow.Shuffled(Blow.All(town), new Random(plan.Seed)))
            {
                await pace.WaitForNextTickAsync(cancel);
                if (clock.GetElapsedTime(began) >= length)
                {
                    break;
                }

                await recovery.AfterAsync(blow, cancel);
            }
        }

        await closing.CancelAsync();
        await buying;
    }

    private static async Task<Reckoning> ReckonAsync(
        Town town,
        PatientClient shop,
        SteadyShoppers shoppers,
        Recovery recovery,
        CancellationToken cancel
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_patience);
        try
        {
            // At rest: the clock has called off what nobody has paid.
            await recovery.TrueAsync(
                "select not exists (select from orders.\"order\" where status in (0, 1))",
                patience.Token
            );
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The reckoning tells of it.
        }

        return await Reckoning.OfAsync(town, shop, shoppers, before: 0, cancel);
    }

    private sealed record Plan(int Minutes, TimeSpan Every, int Shoppers, int Seed);
}
