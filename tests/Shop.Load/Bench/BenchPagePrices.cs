using System.Globalization;
using Shop.Data.Kernel;
using Shop.Load.Bench.Graph;
using Shop.Load.Measure;
using Shop.Load.Plan;

namespace Shop.Load.Bench;

/// <summary>
/// What promotions that lower prices on pages cost a page: in turns without and with them, each made anew, by a process that keeps no
/// answers.
/// </summary>
internal static class BenchPagePrices
{
    /// <summary>Of the pages without any.</summary>
    private const double LeastShare = 0.95;

    private const int FirstPort = 19_088;
    private const int Promotions = 10;
    private const int Turns = 7;
    private const int Connections = 16;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(4);

    // After each change: the process reads its promotions anew.
    private static readonly TimeSpan _change = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(2);

    /// <returns>0; 1 if they cost too much.</returns>
    public static async Task<int> RunAsync(Merchant merchant, CancellationToken cancel)
    {
        using var host = GraphHost.Start(FirstPort, length: 10_000);
        await host.ReadyAsync(cancel);
        var (without, with) = (Page("without"), Page("with"));
        await without.RunAsync(Connections, _warmUp, cancel);
        var shares = new List<double>();
        for (var turn = 0; turn < Turns; turn++)
        {
            await MeasureAsync(without, cancel);
            var running = new List<PromotionId>();
            foreach (var promotion in Deals.OfPages(Promotions))
            {
                running.Add(await merchant.PlanAsync(promotion, cancel));
            }

            await MeasureAsync(with, cancel);
            foreach (var promotion in running)
            {
                await merchant.PauseAsync(promotion, cancel);
            }

            shares.Add(with.Last / without.Last);
        }

        var share = shares.Order().ElementAt(Turns / 2);
        Report.Line("pages without", without);
        Report.Line($"pages with {Promotions} that lower prices", with);
        Report.Line("with, of without", $"{share:0.00}  (aim: {LeastShare:0.00})");
        return share >= LeastShare ? 0 : 1;
    }

    private static async Task MeasureAsync(Way page, CancellationToken cancel)
    {
        await page.RunAsync(Connections, _change, cancel);
        await page.MeasureAsync(Connections, _window, cancel);
    }

    private static Way Page(string name) =>
        new(name, At(0, "/graphql"), [ProductsPage.Body], At(2, GraphHost.Meter));

    private static Uri At(int way, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FirstPort + way}{path}"));
}
