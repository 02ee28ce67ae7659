using Npgsql;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>
/// What settings cost: orders accepted per second by two shops of their own, one as it is by default and one with those settings, which
/// take turns, so that a machine whose speed drifts is not taken for them.
/// </summary>
internal static class BenchPairs
{
    // After a pause in which the other was at work.
    private const int WarmUp = 500;

    /// <returns>0; 1 if the second accepts less than <c>--least</c> of what the first does, in hundredths.</returns>
    public static async Task<int> RunAsync(ShopAddress _, Arguments arguments, CancellationToken cancel)
    {
        var with =
            arguments.Text("with") ?? throw new UsageException("--with NAME=VALUE, several parted by ';'");
        var orders = arguments.Number("orders", otherwise: 2_000, min: 100, max: 50_000);
        var concurrency = arguments.Number("concurrency", otherwise: 128, min: 1, max: 256);
        var turns = arguments.Number("turns", otherwise: 12, min: 1, max: 100);
        var least = arguments.Number("least", otherwise: 0, min: 0, max: 100);
        arguments.NoMore();
        var total = (1 + turns) * (orders + WarmUp);
        await using var plain = await OwnShop.OpenAsync("", concurrency, total, cancel);
        await using var other = await OwnShop.OpenAsync(with, concurrency, total, cancel);

        var rates = new List<(double Plain, double Other)>();
        for (var turn = 0; turn <= turns; turn++)
        {
            // There and back: neither always has what the other leaves to be tidied.
            var isBack = turn % 2 == 1;
            var first = await (isBack ? other : plain).RunAsync(orders, cancel);
            var second = await (isBack ? plain : other).RunAsync(orders, cancel);
            // Shops that have just been opened are still being compiled.
            if (turn > 0)
            {
                rates.Add(isBack ? (second, first) : (first, second));
                Report.Line(
                    $"turn {turn}: accepted per second",
                    $"{rates[^1].Plain:0}, {rates[^1].Other:0} with"
                );
            }
        }

        double[] shares = [.. rates.Select(rate => rate.Other / rate.Plain).Order()];
        var share = shares[shares.Length / 2];
        Report.Line("with", with);
        Report.Line(
            "accepted, of without",
            $"{share:0.00} ({shares[0]:0.00} to {shares[^1]:0.00})  (aim: {least / 100m:0.00})"
        );
        return share * 100 >= least ? 0 : 1;
    }

    /// <summary>A shop with stores of its own, and carts to be ordered.</summary>
    private sealed class OwnShop : IAsyncDisposable
    {
        private readonly string _home;
        private readonly HostProcess _process;
        private readonly NpgsqlDataSource _database;
        private readonly ShopClient _client;
        private readonly Rush _rush;

        private OwnShop(string home, HostProcess process, RunningShop stores, int concurrency)
        {
            (_home, _process) = (home, process);
            _database = NpgsqlDataSource.Create(BenchOrders.Primary(stores.Postgres));
            var address = ShopAddress.Parse(stores.Address);
            _client = new(address, concurrency);
            _rush = new(_client, address, _database, concurrency);
        }

        public static async Task<OwnShop> OpenAsync(
            string settings,
            int concurrency,
            int orders,
            CancellationToken cancel
        )
        {
            var home = Directory.CreateTempSubdirectory("shop-pair-").FullName;
            ShopHome.Prepare(home);
            var process = HostProcess.Start(
                "dotnet",
                [
                    Programs.BuiltWithUs.Web,
                    "run",
                    "--urls",
                    TownNode.FreeUrl(),
                    // Whoever orders does not accept them first.
                    "--Sample:Terms=false",
                    .. settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => $"--{one}"),
                ],
                new Dictionary<string, string> { ["SHOP_HOME"] = home },
                readyWord: "The shop is open"
            );
            await process.ReadyAsync(cancel);
            var shop = new OwnShop(home, process, RunningShop.At(home)!, concurrency);
            await shop._rush.PrepareAsync(orders, cancel);
            return shop;
        }

        /// <summary>Has so many orders placed and settled, after some that count for nothing.</summary>
        /// <returns>How many were accepted in a second.</returns>
        public async Task<double> RunAsync(int orders, CancellationToken cancel)
        {
            await _rush.RunAsync(WarmUp, cancel);
            return (await _rush.RunAsync(orders, cancel)).AcceptedPerSecond;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _database.DisposeAsync();
            await _process.StopAsync(CancellationToken.None);
            _process.Dispose();
            ShopHome.Remove(_home);
        }
    }
}
