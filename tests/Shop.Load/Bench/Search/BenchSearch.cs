using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shop.Load.Bench.Graph;
using Shop.Load.Bench.Import;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Search;

/// <summary>
/// Searches with facets through GraphQL, without kept answers and with them, beside one SQL statement written by hand, and by an
/// Elasticsearch, beside that alone; then what else a storefront asks of search. The ways take turns in short windows.
/// </summary>
internal static class BenchSearch
{
    private const int FirstPort = 19_084;
    private const int FixedBytes = 100;
    private const int Compared = 100;

    // Of answers that are kept, and of SKUs taken together, so many a second.
    private const double LeastKept = 1_000;
    private const double LeastGroups = 2_000;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(2);
    private static readonly string[] _groupings =
    [
        "CATEGORY",
        "BRAND",
        "OPTION",
        "TAG",
        "PRICE_BAND",
        "STOCK_STATUS",
    ];

    /// <returns>
    /// 0; 1 if search and the statement written by hand do not find and count the same, or an aim is missed. Elasticsearch is
    /// <c>--elastic</c>, or <c>SHOP_ELASTIC</c>.
    /// </returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var skus = arguments.Number("skus", otherwise: 0, min: 0, max: 2_000_000);
        var connections = arguments.Number("connections", otherwise: 8, min: 1, max: 256);
        var rounds = arguments.Number("rounds", otherwise: 5, min: 1, max: 50);
        var edits = arguments.Number("edits", otherwise: 100, min: 0, max: 10_000);
        var elastic = arguments.Text("elastic") ?? Environment.GetEnvironmentVariable("SHOP_ELASTIC");
        var engine = string.IsNullOrEmpty(elastic) ? null : new Uri(elastic);
        arguments.NoMore();
        using var client = new ShopClient(shop, connections: 1);
        await IndexedAsync(client, products: 0, cancel);
        var texts = await SearchTexts.ReadAsync(client, cancel);
        if (skus > 0)
        {
            await BenchImport.AddAsync(shop, skus, texts.Recombined, cancel);
            var began = Stopwatch.GetTimestamp();
            await IndexedAsync(client, skus / GeneratedCatalog.SkusPerProduct, cancel);
            Report.Line("then indexed", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        if (engine is not null)
        {
            await ElasticWays.FillAsync(engine, cancel);
        }

        using var host = GraphHost.Start(FirstPort, FixedBytes, elastic: engine);
        await host.ReadyAsync(cancel);
        byte[][] searches =
        [
            .. texts.Texts.Select(text => ShopClient.Body(SearchOperations.Page, new { text })),
        ];
        var byElastic = engine is null
            ? null
            : await ElasticWays.ReadAsync(
                engine,
                searches,
                At(3, "/graphql"),
                At(4, "/graphql"),
                At(5, "/"),
                At(2, GraphHost.Meter),
                cancel
            );
        Way[] ways =
        [
            .. Ways(texts, searches),
            .. byElastic is null ? [] : new[] { byElastic.Search, byElastic.Bare },
        ];
        var agree = await AgreeAsync(texts, cancel);
        Report.Line(
            "texts, products, categories",
            $"{texts.Texts.Count}, {texts.Slugs.Count}, {texts.Categories.Count}"
        );
        await MeasureAsync(ways, connections, rounds, cancel);
        Report.Line("search / hand-written", $"{ways[0].Rate / ways[2].Rate:0.00}");
        Report.Line("groups / hand-written", $"{ways[5].Rate / ways[6].Rate:0.00}");
        var isFast = Aim(ways[1], LeastKept) & Aim(ways[5], LeastGroups);
        var isBare = byElastic?.Tell() ?? true;
        var isFresh =
            edits == 0 || await new SearchFreshness(client, At(1, "/graphql")).RunAsync(shop, edits, cancel);
        return agree && isFast && isBare && isFresh ? 0 : 1;
    }

    private static async Task MeasureAsync(
        IReadOnlyList<Way> ways,
        int connections,
        int rounds,
        CancellationToken cancel
    )
    {
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

        Report.Line(
            "connections, windows of each way",
            $"{connections}, {rounds} of {_window.TotalSeconds} s"
        );
        foreach (var way in ways)
        {
            Report.Line(way.Name, way);
        }
    }

    private static bool Aim(Way way, double least)
    {
        Report.Line($"{way.Name}, at least", $"{least:0} a second: {(way.Rate >= least ? "met" : "missed")}");
        return way.Rate >= least;
    }

    private static Uri At(int way, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FirstPort + way}{path}"));

    private static Way[] Ways(SearchTexts texts, IReadOnlyCollection<byte[]> searches)
    {
        var meter = At(2, GraphHost.Meter);
        return
        [
            new("search with facets", At(0, "/graphql"), searches, meter),
            new("search, answers kept", At(1, "/graphql"), searches, meter) { LeadIn = _warmUp },
            new("the same, by hand", At(2, "/searched-by-hand"), searches, meter),
            new(
                "shelf with facets",
                At(0, "/graphql"),
                texts.Categories.Select(category =>
                    ShopClient.Body(SearchOperations.Shelf, new { category })
                ),
                meter
            ),
            new(
                "suggestions",
                At(0, "/graphql"),
                texts.Texts.Select(text =>
                    ShopClient.Body(SearchOperations.Suggest, new { text = text[..Math.Min(text.Length, 5)] })
                ),
                meter
            ),
            new("SKUs taken together", At(0, "/graphql"), Groups(), meter),
            new(
                "by maker, by hand",
                At(2, "/grouped-by-hand"),
                Enumerable
                    .Range(0, 10)
                    .Select(least => JsonSerializer.SerializeToUtf8Bytes(new { variables = new { least } })),
                meter
            ),
            new(
                "product by slug",
                At(0, "/graphql"),
                texts.Slugs.Select(slug => ShopClient.Body(SearchOperations.Product, new { slug })),
                meter
            ),
            new(
                "the same, answers kept",
                At(1, "/graphql"),
                texts.Slugs.Select(slug => ShopClient.Body(SearchOperations.Product, new { slug })),
                meter
            )
            {
                LeadIn = _warmUp,
            },
        ];
    }

    // Sixty different ones.
    private static IEnumerable<byte[]> Groups() =>
        from least in Enumerable.Range(0, 10)
        from groupBy in _groupings
        select ShopClient.Body(
            SearchOperations.Groups,
            new
            {
                groupBy,
                least = least.ToString(CultureInfo.InvariantCulture),
                currency = "GBP",
            }
        );

    private static async Task IndexedAsync(ShopClient shop, int products, CancellationToken cancel)
    {
        int found;
        do
        {
            await Task.Delay(_look, TimeProvider.System, cancel);
            var data = await shop.AskAsync(SearchOperations.Titles, variables: null, cancel);
            found = data.GetProperty("productSearch").GetProperty("edges").GetArrayLength();
            if (products > 0)
            {
                var generated = await shop.AskAsync(SearchOperations.Page, new { text = "goods" }, cancel);
                found =
                    generated.GetProperty("productSearch").GetProperty("totalCount").GetInt32() >= products
                        ? 1
                        : 0;
            }
        } while (found == 0);
    }

    /// <summary>Whether both find the same products and count the same of makers, tags and options, where a text is met as it stands.</summary>
    private static async Task<bool> AgreeAsync(SearchTexts texts, CancellationToken cancel)
    {
        using var graph = await LeanClient.OpenAsync(new($"http://127.0.0.1:{FirstPort}"), cancel);
        using var hand = await LeanClient.OpenAsync(new($"http://127.0.0.1:{FirstPort + 2}"), cancel);
        foreach (var text in texts.Texts.Take(Compared))
        {
            var body = ShopClient.Body(SearchOperations.Page, new { text });
            var answer = await graph.AskAsync(
                LeanClient.Request(new($"http://127.0.0.1:{FirstPort}/graphql"), body),
                cancel
            );
            var found = JsonSerializer
                .Deserialize<JsonElement>(answer.Span)
                .GetProperty("data")
                .GetProperty("productSearch");
            if (found.GetProperty("notices").GetArrayLength() > 0)
            {
                continue;
            }

            var counted = await hand.AskAsync(
                LeanClient.Request(new($"http://127.0.0.1:{FirstPort + 2}/searched-by-hand"), body),
                cancel
            );
            var rows = JsonSerializer.Deserialize<List<HandCount>>(counted.Span)!;
            if (!IsSame(found, rows))
            {
                Report.Line("finds or counts something else", text);
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(JsonElement found, List<HandCount> rows)
    {
        var counts = rows.Where(row => row.Kind is "BRAND" or "TAG" or "OPTION")
            .ToDictionary(row => (row.Kind, row.Name, row.Value), row => row.Count);
        var told =
            from facet in found.GetProperty("facets").EnumerateArray()
            let kind = facet.GetProperty("key").GetString()
            where kind is "BRAND" or "TAG" or "OPTION"
            let name = facet.GetProperty("name").GetString() ?? ""
            from value in facet.GetProperty("values").EnumerateArray()
            select (
                (kind, name, value.GetProperty("value").GetString()!),
                value.GetProperty("count").GetInt32()
            );
        return found.GetProperty("totalCount").GetInt32() == rows.Single(row => row.Kind == "total").Count
            && found
                .GetProperty("edges")
                .EnumerateArray()
                .Select(edge => edge.GetProperty("node").GetProperty("slug").GetString())
                .SequenceEqual(rows.Where(row => row.Kind == "hit").Select(row => row.Name))
            && told.All(each => counts.GetValueOrDefault(each.Item1) == each.Item2);
    }
}
