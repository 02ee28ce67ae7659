using System.Globalization;
using Shop.Load.Bench;
using Shop.Load.Bench.Events;
using Shop.Load.Bench.Graph;
using Shop.Load.Bench.Import;
using Shop.Load.Bench.Kept;
using Shop.Load.Bench.Search;
using Shop.Load.Carts;
using Shop.Load.Client;
using Shop.Load.Crowd;
using Shop.Load.Fire;
using Shop.Load.Fuzz;
using Shop.Load.Leak;
using Shop.Load.Pay;
using Shop.Load.Replay;
using Shop.Load.Steady;

namespace Shop.Load;

/// <summary>
/// Plays clients against a running shop, over its GraphQL endpoint alone and on this machine alone. Ends with 0 if all
/// was well, 1 if the shop broke a promise, 2 if the call was wrong or no shop answers.
/// </summary>
internal static class Program
{
    /// <summary>Scenario, what follows its name, and what it does; a new scenario is a line here and a file.</summary>
    private static readonly (string Name, string Options, string Purpose, Scenario Run)[] _scenarios =
    [
        (
            "replay",
            "FILE [--orders N] [--concurrency N] [--run NAME] [--settle SECONDS]",
            "play real orders, one cart and one order per invoice",
            ReplayOrders.RunAsync
        ),
        (
            "watch",
            "[--orders N]",
            "from orderPlace sent to AWAITING_PAYMENT pushed, one order at a time",
            WatchOrders.RunAsync
        ),
        (
            "watch-paid",
            "[--orders N]",
            "from orderPlace sent to PAID pushed, by way of the page that takes no money, one order at a time",
            WatchPayments.RunAsync
        ),
        (
            "flash",
            "[--buyers N] [--stock N] [--concurrency N]",
            "a flash sale: more buyers than units of one SKU, all at once, each watching its order; then what was sold is paid for",
            FlashSale.RunAsync
        ),
        (
            "flash-code",
            "[--buyers N] [--uses N] [--concurrency N] [--kills N] [--seed N]",
            "more buyers than a code has uses, all at once; with kills, in a shop of its own in which something is killed while they order",
            FlashCode.RunAsync
        ),
        (
            "steady",
            "[--rate N] [--seconds N] [--connections N] [--watched N]",
            "orders that come so many a second, whether or not the shop keeps up",
            SteadyOrders.RunAsync
        ),
        (
            "carts",
            "[--concurrency N] [--seconds N]",
            "carts made, filled, changed, ticked, read and emptied",
            MoveCarts.RunAsync
        ),
        (
            "subscriptions",
            "[--subscribers N] [--concurrency N]",
            "shoppers with a connection each, who watch an order through all its steps; some come back",
            WatchCrowd.RunAsync
        ),
        (
            "watched",
            "[--watchers N] [--orders N] [--turns N] [--concurrency N]",
            "one SKU bought as fast as it goes, in turns without and with a crowd that watches its stock",
            WatchedSale.RunAsync
        ),
        (
            "page",
            "[--connections N] [--seconds N]",
            "products pages per second, 20 products with 4 variants each",
            ReadPages.RunAsync
        ),
        (
            "bench-orders",
            "[--orders N] [--concurrency N] [--postgres CONNECTION] [--promotions N]",
            "orders accepted and settled per second, beside pgbench on the same PostgreSQL; then half as many, and how soon they are pushed; with promotions, the same without and with so many that run",
            BenchOrders.RunAsync
        ),
        (
            "bench-pairs",
            "--with NAME=VALUE[;NAME=VALUE] [--orders N] [--concurrency N] [--turns N] [--least HUNDREDTHS]",
            "what settings cost: orders accepted per second by a shop of its own and by one with those settings, in turns",
            BenchPairs.RunAsync
        ),
        (
            "bench-graphql",
            "[--connections N] [--rounds N]",
            "the products page by the engine, from the answer cache, written by hand, and as fixed bytes",
            BenchGraph.RunAsync
        ),
        (
            "bench-cache",
            "[--connections N] [--rounds N]",
            "a hundred products by their ids, with rows that are kept and without, and slugs that nobody has",
            BenchCache.RunAsync
        ),
        (
            "bench-graphql-host",
            "[--port N] [--length BYTES] [--unkept 1]",
            "the servers that bench-cache, bench-graphql and bench-search measure, on the stores of the shop that runs",
            GraphHost.RunAsync
        ),
        (
            "bench-search",
            "[--skus N] [--connections N] [--rounds N] [--edits N] [--elastic URL]",
            "searches with facets, shelves, suggestions, SKUs taken together and products by slug, beside SQL written by hand and Elasticsearch alone; how long until an edit is found and a sale is seen; of so many SKUs more",
            BenchSearch.RunAsync
        ),
        (
            "bench-crowd",
            "[--seconds N] [--postgres CONNECTION]",
            "three times as much as the shop can do, a fifth of it orders: how many of them it takes, and how soon, beside as many alone",
            BenchCrowd.RunAsync
        ),
        (
            "bench-events",
            "[--orders N] [--turns N] [--concurrency N] [--steps N] [--seconds N] [--outage-orders N] [--away SECONDS]",
            "shops of its own whose steps go to Kafka: how late they are read there, what is there after all brokers were away, and what that costs",
            BenchEvents.RunAsync
        ),
        (
            "bench-import",
            "[--skus N]",
            "a generated catalogue, imported by the shop's job: seconds, and the memory of the shop",
            BenchImport.RunAsync
        ),
        (
            "leak",
            "[--rounds N] [--subscribers N] [--dumps FOLDER]",
            "rounds of shoppers who come and go, carts, orders and imports; fails where the shop keeps more of a type of its own after all of them than after half",
            LeakHunt.RunAsync
        ),
        (
            "fuzz",
            "[--requests N] [--workers N] [--seed N] [--email E --password P]",
            "anything, to both schemas, in every way that clients have; with an account of staff also what is theirs",
            FuzzShop.RunAsync
        ),
        (
            "fire",
            "[--minutes N] [--every SECONDS] [--shoppers N] [--pause MILLISECONDS] [--seed N] [--elastic URL] [--disk EMPTY_FOLDER]",
            "a shop of its own, in which something is killed every half minute while people buy and pay and staff rename products, or its disk filled, or a statement refused",
            (_, arguments, cancel) => FireDrill.RunAsync(arguments, cancel)
        ),
        (
            "pay",
            "[--orders N] [--concurrency N] [--kill-every SECONDS] [--seed N]",
            "a shop of its own beside channels that misbehave, in which something is killed while people pay; then money there and here is compared",
            (_, arguments, cancel) => PayOrders.RunAsync(arguments, cancel)
        ),
        (
            "kill-carts",
            "[--kills N]",
            "the embedded Redis, killed again and again while carts are written",
            (_, arguments, cancel) => KillCarts.RunAsync(arguments, cancel)
        ),
        (
            "write-carts",
            "FOLDER",
            "what kill-carts kills",
            (_, arguments, cancel) => CartWriters.RunAsync(arguments, cancel)
        ),
    ];

    private delegate Task<int> Scenario(ShopAddress shop, Arguments arguments, CancellationToken cancel);

    public static async Task<int> Main(string[] args)
    {
        // Figures are read by people and scripts of all countries.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await RunAsync(args, stop.Token);
        }
        catch (UsageException fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message}\n{Help()}");
        }
        catch (ShopAwayException fault)
        {
            await Console.Error.WriteLineAsync(
                $"No shop answers ({fault.Message.TrimEnd('.')}). Is it running (./shop run)?"
            );
        }
        catch (ShopFaultException fault)
        {
            await Console.Error.WriteLineAsync($"The shop answered {fault.Code}: {fault.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
        }

        return 2;
    }

    private static Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var arguments = new Arguments(args);
        var name = arguments.Word() ?? throw new UsageException("Which scenario?");
        foreach (var scenario in _scenarios)
        {
            if (scenario.Name == name)
            {
                return scenario.Run(ShopAddress.Of(arguments), arguments, cancel);
            }
        }

        throw new UsageException($"There is no scenario '{name}'.");
    }

    private static string Help() =>
        string.Join(
            '\n',
            _scenarios
                .Select(scenario => $"  {scenario.Name} {scenario.Options}\n      {scenario.Purpose}")
                .Prepend("Scenarios, all with [--url http://127.0.0.1:5000]:")
        );
}
