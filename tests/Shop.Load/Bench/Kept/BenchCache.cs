using System.Globalization;
using System.Text.Json;
using Shop.Load.Bench.Graph;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Kept;

/// <summary>
/// A hundred products by their ids, with rows that are kept and without, and keys that nobody has beside a question that reads nothing.
/// Whole answers are not kept. The ways take turns in short windows.
/// </summary>
internal static class BenchCache
{
    private const double LeastOfUnkept = 2.5;
    private const double LeastOfNothing = 0.9;
    private const int FirstPort = 19_088;
    private const int FixedBytes = 100;
    private const int Products = 100;
    private const int Strangers = 5_000;

    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(2);

    private static readonly Operation _ids = new(
        "Ids",
        "query Ids($first: Int!) { products(first: $first) { nodes { id } } }"
    );

    private static readonly Operation _byId = new(
        "ById",
        """
        query ById($ids: [ID!]!) {
          nodes(ids: $ids) { id ... on Product { slug title brand category { id title } } }
        }
        """
    );

    private static readonly Operation _bySlug = new(
        "BySlug",
        "query BySlug($slug: String!) { product(by: {slug: $slug}) { id } }"
    );

    private static readonly Operation _nothing = new("Nothing", "query Nothing { __typename }");

    /// <returns>0; 1 if an aim is missed, or rows that are kept read otherwise than those that are not.</returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var connections = arguments.Number("connections", otherwise: 8, min: 1, max: 256);
        var rounds = arguments.Number("rounds", otherwise: 5, min: 1, max: 50);
        arguments.NoMore();
        using var client = new ShopClient(shop, 1);
        var page = await client.AskAsync(_ids, new { first = Products }, cancel);
        var ids = page.GetProperty("products")
            .GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("id").GetString()!)
            .ToList();

        using var host = GraphHost.Start(FirstPort, FixedBytes, withUnkept: true);
        await host.ReadyAsync(cancel);
        var ways = Ways(ids);
        if (!await AgreeAsync(ways[0], ways[1], cancel))
        {
            Report.Line("answers something else", ways[1].Name);
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

        Report.Line("products of a page", ids.Count);
        Report.Line(
            "connections, windows of each way",
            $"{connections}, {rounds} of {_window.TotalSeconds} s"
        );
        foreach (var way in ways)
        {
            Report.Line(way.Name, way);
        }

        var (kept, denied) = (ways[0].Rate / ways[1].Rate, ways[2].Rate / ways[4].Rate);
        Report.Line("kept / read", $"{kept:0.00}  (aim: {LeastOfUnkept:0.0})");
        Report.Line("nobody's / nothing", $"{denied:0.00}  (aim: {LeastOfNothing:0.0})");
        Report.Line("nobody's, looked up / nothing", $"{ways[3].Rate / ways[4].Rate:0.00}");
        return kept >= LeastOfUnkept && denied >= LeastOfNothing ? 0 : 1;
    }

    private static Way[] Ways(IReadOnlyList<string> ids)
    {
        var meter = At(2, GraphHost.Meter);
        byte[][] strangers =
        [
            .. Enumerable
                .Range(0, Strangers)
                .Select(n => ShopClient.Body(_bySlug, new { slug = $"nobody-has-this-{n}" })),
        ];
        byte[][] page = [ShopClient.Body(_byId, new { ids })];
        return
        [
            new("products by id, kept", At(0, "/graphql"), page, meter),
            new("products by id, read", At(3, "/graphql"), page, meter),
            new("slugs that nobody has", At(0, "/graphql"), strangers, meter),
            new("the same, looked up", At(3, "/graphql"), strangers, meter),
            new("__typename", At(0, "/graphql"), [ShopClient.Body(_nothing, new { })], meter),
        ];

        static Uri At(int way, string path) =>
            new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FirstPort + way}{path}"));
    }

    private static async Task<bool> AgreeAsync(Way one, Way other, CancellationToken cancel) =>
        JsonElement.DeepEquals(await DataAsync(one, cancel), await DataAsync(other, cancel));

    private static async Task<JsonElement> DataAsync(Way way, CancellationToken cancel)
    {
        using var client = await LeanClient.OpenAsync(way.Address, cancel);
        return JsonSerializer
            .Deserialize<JsonElement>((await client.AskAsync(way.Next, cancel)).Span)
            .GetProperty("data");
    }
}
