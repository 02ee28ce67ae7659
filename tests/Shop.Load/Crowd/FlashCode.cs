using Npgsql;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Load.Measure;
using Shop.Load.Plan;

namespace Shop.Load.Crowd;

/// <summary>
/// Many buyers, and a code that few of them can use. With kills, in a town of its own, where rush follows rush until as many things
/// were killed as asked for.
/// </summary>
internal static class FlashCode
{
    /// <returns>0; 1 if the code was used more or less often than it can be, or the books do not say so.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var buyers = arguments.Number("buyers", otherwise: 10_000, min: 2, max: 100_000);
        var uses = arguments.Number("uses", otherwise: 1_000, min: 1, max: 100_000);
        var concurrency = arguments.Number("concurrency", otherwise: 64, min: 1, max: 256);
        var kills = arguments.Number("kills", otherwise: 0, min: 0, max: 1_000);
        var seed = arguments.Number("seed", otherwise: 1, min: 0, max: 1_000_000);
        arguments.NoMore();
        return kills == 0
            ? await RunAsync(address, buyers, uses, concurrency, cancel)
            : await BurnAsync(buyers, uses, concurrency, kills, new Random(seed), cancel);
    }

    private static async Task<int> RunAsync(
        ShopAddress address,
        int buyers,
        int uses,
        int concurrency,
        CancellationToken cancel
    )
    {
        var stores =
            RunningShop.Find()
            ?? throw new UsageException("No shop runs in SHOP_HOME, where the code could be planned.");
        using var client = new ShopClient(address, concurrency);
        await using var merchant = await Merchant.OpenAsync(stores.Postgres, stores.Redis, cancel);
        await using var database = new NpgsqlDataSourceBuilder(stores.Postgres)
            .BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.Primary);
        var skus = await Catalogue.SkusAsync(client, cancel);
        var rush = new CodeRush(new PatientClient(client, TimeProvider.System), merchant, database, skus);
        var result = await rush.RunAsync(buyers, uses, concurrency, _ => Task.CompletedTask, cancel);
        Print(result);
        return result.IsFair && result.AcceptedInVain <= uses ? 0 : 1;
    }

    private static async Task<int> BurnAsync(
        int buyers,
        int uses,
        int concurrency,
        int kills,
        Random random,
        CancellationToken cancel
    )
    {
        var home = Directory.CreateTempSubdirectory("shop-flash-").FullName;
        ShopHome.Prepare(home);
        try
        {
            await using var town = await Town.OpenAsync(
                new(
                    home,
                    PostgresSettings.Durable,
                    new Dictionary<string, string> { ["Messages__Lease"] = "00:00:01" }
                ),
                cancel
            );
            var clients = town.Webs.Select(web => new ShopClient(web.Address!, concurrency)).ToList();
            var shop = new PatientClient(clients, TimeProvider.System);
            var skus = await Catalogue.SkusAsync(clients[0], cancel);
            using var blows = Blow.Shuffled(Blow.Kills(town), random).GetEnumerator();
            var (struck, isFair) = (0, true);
            while (struck < kills)
            {
                await using var merchant = await Merchant.OpenAsync(
                    town.Postgres.ConnectionString,
                    town.Redis.ConnectionString,
                    cancel
                );
                var rush = new CodeRush(shop, merchant, town.Primary, skus);
                var result = await rush.RunAsync(buyers, uses, concurrency, StrikeAsync, cancel);
                Print(result);
                isFair &= result.IsFair;
            }

            var findings = await town.FindingsAsync(cancel);
            Report.Line("killed", struck);
            Report.Line("books", findings ?? "balance");
            clients.ForEach(client => client.Dispose());
            return isFair && findings is null ? 0 : 1;

            // One after the other for as long as orders are placed, at least one a rush.
            async Task StrikeAsync(CancellationToken placed)
            {
                do
                {
                    blows.MoveNext();
                    await blows.Current.StrikeAsync();
                    await blows.Current.MendAsync(cancel);
                    struck++;
                } while (!placed.IsCancellationRequested && struck < kills);
            }
        }
        finally
        {
            ShopHome.Remove(home);
        }
    }

    private static void Print(CodeRushResult result)
    {
        Report.Line("buyers, uses of the code", $"{result.Buyers}, {result.Uses}");
        Report.Line("orders accepted", result.Accepted);
        Report.Lines("refused", result.Refused);
        Report.Line("hold it", result.Hold);
        Report.Line("over", Math.Max(0, result.Hold - result.Uses));
        Report.Line("accepted, then told that it is used up", result.Rejected);
        Report.Line("counter, movements", $"{result.Used}, {result.Moved}");
    }
}
