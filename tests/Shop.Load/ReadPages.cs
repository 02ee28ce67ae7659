using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load;

/// <summary>
/// How many products pages the shop serves: a closed loop over connections that stay open, each asking for the next
/// page of the whole catalogue as soon as it has the last.
/// </summary>
internal static class ReadPages
{
    /// <summary>Before the clock starts: code that is often used is compiled twice.</summary>
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(5);

    /// <returns>0; a shop that answers with an error ends the scenario.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var connections = arguments.Number("connections", otherwise: 16, min: 1, max: 256);
        var seconds = arguments.Number("seconds", otherwise: 10, min: 1, max: 300);
        arguments.NoMore();
        using var shop = new ShopClient(address, connections);
        var pages = await PagesAsync(shop, cancel);

        await ReadAsync(shop, pages, connections, _warmUp, new Samples(), cancel);
        var samples = new Samples();
        var began = Stopwatch.GetTimestamp();
        var bytes = await ReadAsync(shop, pages, connections, TimeSpan.FromSeconds(seconds), samples, cancel);
        var took = Stopwatch.GetElapsedTime(began);

        Report.Line("shop", address.Graph);
        Report.Line("connections", connections);
        Report.Line("different pages", pages.Count);
        Report.Line("pages per second", $"{samples.Count / took.TotalSeconds:0}");
        Report.Line("a page", samples);
        Report.Line("bytes of a page, mean", samples.Count == 0 ? 0 : bytes / samples.Count);
        return 0;
    }

    /// <summary>The request of each page of the catalogue.</summary>
    private static async Task<IReadOnlyList<byte[]>> PagesAsync(ShopClient shop, CancellationToken cancel)
    {
        var pages = new List<byte[]>();
        string? after = null;
        do
        {
            var body = ShopClient.Body(Operation.ProductsPage, new { after });
            pages.Add(body);
            var answer = GraphAnswer.Data(await shop.PostAsync(body, cancel));
            after = Catalogue.Next(answer.GetProperty("products"));
        } while (after is not null);

        return pages;
    }

    /// <returns>Bytes read.</returns>
    private static async Task<long> ReadAsync(
        ShopClient shop,
        IReadOnlyList<byte[]> pages,
        int connections,
        TimeSpan time,
        Samples samples,
        CancellationToken cancel
    )
    {
        var bytes = 0L;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async connection =>
                {
                    // Each starts at another place, so that they do not ask for the same page at once.
                    var page = connection * pages.Count / connections;
                    while (Stopwatch.GetElapsedTime(start) < time)
                    {
                        var began = Stopwatch.GetTimestamp();
                        var answer = await shop.PostAsync(pages[page], cancel);
                        samples.Add(began, Stopwatch.GetTimestamp());
                        Interlocked.Add(ref bytes, answer.Length);
                        page = (page + 1) % pages.Count;
                    }
                })
        );
        return bytes;
    }
}
