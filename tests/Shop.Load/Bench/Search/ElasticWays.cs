using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Search;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Storage.Ids;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Search;

/// <summary>Search by Elasticsearch, and Elasticsearch alone with the very bodies that the shop sends it.</summary>
internal sealed class ElasticWays
{
    private const double LeastOfBare = 0.6;

    // What the shop calls the index that is searched.
    private const string Alias = "/shop-products/_search";

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly double _bodiesPerSearch;

    private ElasticWays(Way search, Way bare, double bodiesPerSearch) =>
        (Search, Bare, _bodiesPerSearch) = (search, bare, bodiesPerSearch);

    /// <summary>The page with facets, as the shop answers it.</summary>
    public Way Search { get; }

    /// <summary>What the shop asks for that page, one after the other.</summary>
    public Way Bare { get; }

    /// <summary>Builds the index of the shop that runs.</summary>
    public static async Task FillAsync(Uri elastic, CancellationToken cancel)
    {
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        await using var back = BackOffice.Build(stores, [new("Search:Elastic:Nodes:0", elastic.ToString())]);
        await back.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        var (feed, rebuild) = (
            back.Services.GetRequiredService<FeedElastic>(),
            back.Services.GetRequiredService<RebuildIndex>()
        );
        var desk = back.Services.GetRequiredService<SearchDesk>();
        // It can be started once the shop's own tables have all products, and one that a former run has left is built.
        while (await rebuild.StartAsync(cancel) is null)
        {
            await feed.RunAsync(cancel);
            await rebuild.RunAsync(cancel);
            await Task.Delay(_look, TimeProvider.System, cancel);
        }

        var (began, before, most) = (Stopwatch.GetTimestamp(), Environment.WorkingSet, 0L);
        while (await desk.IndexesAsync(1, cancel) is not [{ State: SearchIndexState.Live }])
        {
            while (await rebuild.RunAsync(cancel) > 0)
            {
                most = Math.Max(most, Environment.WorkingSet);
            }

            await Task.Delay(_look, TimeProvider.System, cancel);
        }

        var index = (await desk.IndexesAsync(1, cancel))[0];
        Report.Line(
            "index of Elasticsearch built",
            $"{index.Done} products in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {(most - before) / (1024 * 1024)} MiB more"
        );
    }

    /// <summary>Has each text searched for once, and takes down what Elasticsearch was asked.</summary>
    /// <param name="elastic">Where it is.</param>
    /// <param name="searches">Requests for pages.</param>
    /// <param name="shop">The shop that finds by it; it is warm then.</param>
    /// <param name="recorded">The shop whose searches are taken down.</param>
    /// <param name="recorder">Who does.</param>
    /// <param name="meter">Where the shop's process tells its cost.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<ElasticWays> ReadAsync(
        Uri elastic,
        IReadOnlyCollection<byte[]> searches,
        Uri shop,
        Uri recorded,
        Uri recorder,
        Uri meter,
        CancellationToken cancel
    )
    {
        foreach (var address in (Uri[])[shop, recorded])
        {
            using var client = await LeanClient.OpenAsync(address, cancel);
            // A host that has just been started looks for the index first.
            await UntilFoundByElasticAsync(client, LeanClient.Request(address, searches.First()), cancel);
            foreach (var search in searches)
            {
                if (!await IsFoundByElasticAsync(client, LeanClient.Request(address, search), cancel))
                {
                    throw new UsageException("Elasticsearch went away.");
                }
            }
        }

        using var http = new HttpClient();
        var told = await http.GetStringAsync(new Uri(recorder, ElasticRecorder.Searches), cancel);
        byte[][] bodies =
        [
            .. told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes),
        ];
        return new(
            new("search by Elasticsearch", shop, searches, meter),
            new("Elasticsearch alone", new(elastic, Alias), bodies, meter: null, "application/json"),
            bodies.Length / (double)searches.Count
        );
    }

    private static async Task UntilFoundByElasticAsync(
        LeanClient client,
        byte[] search,
        CancellationToken cancel
    )
    {
        var began = Stopwatch.GetTimestamp();
        while (!await IsFoundByElasticAsync(client, search, cancel))
        {
            if (Stopwatch.GetElapsedTime(began) > _patience)
            {
                throw new UsageException("Elasticsearch has no index, or is away.");
            }

            await Task.Delay(_look, TimeProvider.System, cancel);
        }
    }

    private static async Task<bool> IsFoundByElasticAsync(
        LeanClient client,
        byte[] search,
        CancellationToken cancel
    )
    {
        var answer = await client.AskAsync(search, cancel);
        return answer.Span.IndexOf("\"FALLBACK\""u8) < 0;
    }

    /// <summary>Says how much is left of the bare engine.</summary>
    /// <returns>Whether it is enough.</returns>
    public bool Tell()
    {
        var part = Search.Rate / (Bare.Rate / _bodiesPerSearch);
        Report.Line("searches of the engine for a page", $"{_bodiesPerSearch:0.00}");
        Report.Line("by Elasticsearch / Elasticsearch alone", $"{part:0.00}  (aim: {LeastOfBare:0.0})");
        return part >= LeastOfBare;
    }
}
