using System.Diagnostics;
using System.Text;
using Npgsql;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>
/// Three times as much as the shop can do, of which a fifth orders and the rest looks at pages that nobody keeps: how many orders it
/// takes, and how soon, beside as many orders alone. Wants a shop whose rules have <c>system</c>.
/// </summary>
internal static class BenchCrowd
{
    private const double LeastShare = 0.95;
    private const int OneOrderIn = 5;
    private const int Times = 3;
    private const int WarmUpSeconds = 5;
    private const int Connections = 1_000;

    // As many as keep two cores busy; more would only wait.
    private const int Busy = 32;

    private static readonly TimeSpan _latest = TimeSpan.FromMilliseconds(250);

    /// <returns>0; 1 if too few orders are taken in the crowd, or too late.</returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var seconds = arguments.Number("seconds", otherwise: 20, min: 5, max: 300);
        var postgres =
            arguments.Text("postgres")
            ?? RunningShop.Find()?.Postgres
            ?? throw new UsageException("Where is the shop's PostgreSQL? --postgres CONNECTION_STRING");
        arguments.NoMore();
        await using var database = NpgsqlDataSource.Create(postgres);
        using var client = new ShopClient(shop, Busy);
        using var clients = await LeanClients.OpenAsync(shop.Graph, Connections, cancel);
        var page = ShopClient.Body(Operation.ProductsPage, new { });
        var asking = new AskingBoth(
            clients,
            new Rush(client, shop, database, Busy),
            LeanClient.Request(shop.Graph, page, Rush.Accept)
        );

        await asking.MostAsync(WarmUpSeconds, cancel);
        var most = await asking.MostAsync(seconds, cancel);
        var alone = await asking.CrowdAsync(most * Times / OneOrderIn, seconds, oneOrderIn: 1, cancel);
        var crowd = await asking.CrowdAsync(most * Times, seconds, OneOrderIn, cancel);

        var share = (double)crowd.Orders.Count / Math.Max(1, alone.Orders.Count);
        Report.Line("at its most, a second", most);
        Report.Line("orders alone, asked and taken", $"{alone.Asked}, {alone.Orders.Count}");
        Report.Line("the same, from when they were due", alone.Orders);
        Report.Line("orders in the crowd, asked and taken", $"{crowd.Asked}, {crowd.Orders.Count}");
        Report.Line("the same, from when they were due", crowd.Orders);
        Report.Line("pages in the crowd, asked and shown", $"{crowd.Pages}, {crowd.Shown}");
        Report.Line("orders in the crowd, of those alone", $"{share:0.00}  (aim: {LeastShare:0.00})");
        return share >= LeastShare && crowd.Orders.Sort().At(99) <= _latest ? 0 : 1;
    }

    /// <summary>Asks for orders and pages.</summary>
    private sealed class AskingBoth(LeanClients clients, Rush rush, byte[] page)
    {
        // More than any two cores have answered.
        private const int MostOrders = 400;

        /// <summary>How many a second are answered, where each waits for its answer before it asks again.</summary>
        public async Task<int> MostAsync(int seconds, CancellationToken cancel)
        {
            await rush.PrepareAsync(seconds * MostOrders, cancel);
            var (answered, asked, began) = (0, 0, Stopwatch.GetTimestamp());
            await Task.WhenAll(Enumerable.Range(0, Busy).Select(_ => AskAsync()));
            return (int)(answered / Stopwatch.GetElapsedTime(began).TotalSeconds);

            async Task AskAsync()
            {
                while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
                {
                    if (await IsDoneAsync(Interlocked.Increment(ref asked), OneOrderIn, cancel))
                    {
                        Interlocked.Increment(ref answered);
                    }
                }
            }
        }

        /// <summary>Asks so often, whatever is answered.</summary>
        public async Task<Crowd> CrowdAsync(
            int perSecond,
            int seconds,
            int oneOrderIn,
            CancellationToken cancel
        )
        {
            var count = perSecond * seconds;
            await rush.PrepareAsync(count / oneOrderIn + 1, cancel);
            var crowd = new Crowd();
            await OpenLoop.EachAsync(
                count,
                perSecond,
                async (n, due) =>
                    crowd.Add(n % oneOrderIn == 0, await IsDoneAsync(n, oneOrderIn, cancel), due),
                cancel
            );
            return crowd;
        }

        private async Task<bool> IsDoneAsync(int n, int oneOrderIn, CancellationToken cancel)
        {
            var answer = await clients.AskAsync(n % oneOrderIn == 0 ? rush.Take() : page, cancel);
            if (answer.AsSpan().IndexOf("\"THROTTLED\""u8) >= 0)
            {
                return false;
            }

            return answer.AsSpan().IndexOf("\"errors\""u8) < 0
                ? true
                : throw new ShopFaultException("NO_ANSWER", Encoding.UTF8.GetString(answer));
        }
    }

    /// <summary>What became of a crowd.</summary>
    private sealed class Crowd
    {
        private int _asked;
        private int _pages;
        private int _shown;

        public int Asked => _asked;

        public Samples Orders { get; } = new();

        public int Pages => _pages;

        public int Shown => _shown;

        public void Add(bool isOrder, bool isDone, long due)
        {
            Interlocked.Increment(ref isOrder ? ref _asked : ref _pages);
            if (isOrder && isDone)
            {
                Orders.Add(due, Stopwatch.GetTimestamp());
            }
            else if (isDone)
            {
                Interlocked.Increment(ref _shown);
            }
        }
    }
}
