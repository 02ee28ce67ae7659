using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Pay;

namespace Shop.Load.Fire;

/// <summary>
/// A town of its own under steady load, in which something is killed, filled or refused every half minute, beside channels that
/// misbehave; in the end every answer that clients were given is compared with what is there, what was renamed is searched for, and money
/// there is compared with money here.
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

        var plan = new Plan(
            arguments.Number("minutes", otherwise: 10, min: 1, max: 24 * 60),
            TimeSpan.FromSeconds(arguments.Number("every", otherwise: 30, min: 1, max: 3600)),
            arguments.Number("shoppers", otherwise: 4, min: 1, max: 64),
            TimeSpan.FromMilliseconds(arguments.Number("pause", otherwise: 100, min: 0, max: 60_000)),
            arguments.Number("seed", otherwise: Random.Shared.Next(1_000_000), min: 0, max: 1_000_000),
            arguments.Text("elastic")
        );
        arguments.NoMore();

        var home = disk ?? Directory.CreateTempSubdirectory("shop-fire-").FullName;
        ShopHome.Prepare(home);
        try
        {
            await using var place = await PayTown.OpenAsync(
                PlanOf(home, disk, plan.Elastic),
                plan.Seed,
                cancel
            );
            return await DrillAsync(place, plan, cancel) ? 0 : 1;
        }
        finally
        {
            if (disk is null)
            {
                ShopHome.Remove(home);
            }
        }
    }

    /// <returns>Whether all promises were kept.</returns>
    private static async Task<bool> DrillAsync(PayTown place, Plan plan, CancellationToken cancel)
    {
        var (town, clock) = (place.Town, TimeProvider.System);
        var clients = town.Webs.Select(web => new ShopClient(web.Address!, plan.Shoppers)).ToList();
        var skus = await Catalogue.SkusAsync(clients[0], cancel);
        var shop = new PatientClient(clients, clock);
        using var customers = new PayingCustomers(shop, place.Channels, place.Shelf, clock);
        var shoppers = new SteadyShoppers(
            shop,
            skus,
            plan.Pause,
            clock,
            order => customers.PayForAsync(order, cancel)
        );
        using var staff = await StaffClient.OpenAsync(town.Webs[1].Address!, town.Stores, cancel);
        var keepers = new SteadyKeepers(staff, shop, hasEngine: plan.Elastic is not null, clock);
        var recovery = new Recovery(town, shoppers, clock);
        Report.Line(
            "drill",
            $"{plan.Minutes} min, a blow every {plan.Every.TotalSeconds} s, {plan.Shoppers} shoppers, --seed {plan.Seed}"
        );

        await BurnAsync(town, shoppers, keepers, recovery, plan, cancel);
        var reckoning = await ReckonAsync(town, shop, shoppers, recovery, cancel);
        Report.Line("blows", recovery.Strikes);
        recovery.Print();
        Report.Lines("calls sent again:", shop.Reasons);
        PrintFaults(town);
        reckoning.Print();
        var isFound = await keepers.ReckonAsync(cancel);
        Report.Line("", "");
        var money = await PayReckoning.OfAsync(place, customers, _payingPatience, cancel);
        money.Print();
        clients.ForEach(client => client.Dispose());
        return reckoning.IsClean && money.IsClean && isFound;
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

    private static TownPlan PlanOf(string home, string? disk, string? elastic) =>
        new(
            home,
            PostgresSettings.Durable,
            new Dictionary<string, string>
            {
                ["Orders__PaymentTerm"] = PaymentTerm,
                ["Orders__PaymentGrace"] = "00:00:00",
                ["Search__Elastic__Nodes__0"] = elastic ?? "",
                ["Search__Elastic__Index"] = $"fire-{Guid.CreateVersion7():n}",
            },
            disk is null ? null : new(disk)
        );

    private static async Task BurnAsync(
        Town town,
        SteadyShoppers shoppers,
        SteadyKeepers keepers,
        Recovery recovery,
        Plan plan,
        CancellationToken cancel
    )
    {
        var clock = TimeProvider.System;
        var (began, length) = (clock.GetTimestamp(), TimeSpan.FromMinutes(plan.Minutes));
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = Task.WhenAll(
            shoppers.BuyAsync(plan.Shoppers, closing.Token),
            keepers.KeepAsync(closing.Token)
        );
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
        await working;
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

    private sealed record Plan(
        int Minutes,
        TimeSpan Every,
        int Shoppers,
        TimeSpan Pause,
        int Seed,
        string? Elastic
    );
}
