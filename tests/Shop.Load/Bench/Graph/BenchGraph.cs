using System.Globalization;
using System.Text.Json;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Graph;

/// <summary>
/// The products page, served four ways by one process: by the engine, from the answer cache, by hand, and as fixed bytes.
/// The ways take turns in short windows, so that a machine whose speed drifts drifts for all of them.
/// </summary>
internal static class BenchGraph
{
    private const double LeastOfHandWritten = 1.5;
    private const double LeastOfFixedBytes = 0.5;
    private const int FirstPort = 19_080;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(2);

    /// <returns>0; 1 if the cache is slower than it has to be, or the ways do not answer the same.</returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var connections = arguments.Number("connections", otherwise: 16, min: 1, max: 256);
        var rounds = arguments.Number("rounds", otherwise: 5, min: 1, max: 50);
        arguments.NoMore();
        var body = ProductsPage.Body;
        using var client = new ShopClient(shop, 1);
        var answer = await client.PostAsync(body, cancel);

        using var host = GraphHost.Start(FirstPort, answer.Length);
        await host.ReadyAsync(cancel);
        var ways = Ways(body);
        if (!await AgreeAsync(ways.Take(3), cancel))
        {
            return 1;
        }

        foreach (var way in ways)
        {
            await way.RunAsync(connections, _warmUp, cancel);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in ways)
            {
                await way.MeasureAsync(connections, _window, cancel);
            }
        }

        Report.Line("bytes of an answer", answer.Length);
        Report.Line(
            "connections, windows of each way",
            $"{connections}, {rounds} of {_window.TotalSeconds} s"
        );
        foreach (var way in ways)
        {
            Report.Line(way.Name, way);
        }

        var (cache, handWritten, fixedBytes) = (ways[1].Rate, ways[2].Rate, ways[3].Rate);
        Report.Line("cache / hand-written", $"{cache / handWritten:0.00}  (aim: {LeastOfHandWritten:0.0})");
        Report.Line("cache / fixed bytes", $"{cache / fixedBytes:0.00}  (aim: {LeastOfFixedBytes:0.0})");
        Report.Line("engine / hand-written", $"{ways[0].Rate / handWritten:0.00}");
        return cache >= LeastOfHandWritten * handWritten && cache >= LeastOfFixedBytes * fixedBytes ? 0 : 1;
    }

    private static Way[] Ways(byte[] body)
    {
        var meter = At(2, GraphHost.Meter);
        return
        [
            new("engine", At(0, "/graphql"), [body], meter),
            new("answer cache", At(1, "/graphql"), [body], meter),
            new("hand-written", At(2, "/hand-written"), [body], meter),
            new("fixed bytes", At(2, "/fixed"), [body], meter),
        ];

        static Uri At(int way, string path) =>
            new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FirstPort + way}{path}"));
    }

    /// <summary>Whether all of them answer the same data; what differs only in form is the same.</summary>
    private static async Task<bool> AgreeAsync(IEnumerable<Way> ways, CancellationToken cancel)
    {
        JsonElement? first = null;
        foreach (var way in ways)
        {
            using var client = await LeanClient.OpenAsync(way.Address, cancel);
            var answer = await client.AskAsync(way.Next, cancel);
            var data = JsonSerializer.Deserialize<JsonElement>(answer.Span).GetProperty("data");
            if (first is { } expected && !JsonElement.DeepEquals(expected, data))
            {
                Report.Line("answers something else", way.Name);
                return false;
            }

            first = data;
        }

        return true;
    }
}
