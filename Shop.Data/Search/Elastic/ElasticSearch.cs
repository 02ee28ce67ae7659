using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Tables;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Elastic;

/// <summary>Asks the engine.</summary>
/// <exception cref="SearchAwayException">It gave no answer in time.</exception>
internal delegate Task<JsonElement> AskElastic(LiveAt index, JsonObject body, CancellationToken cancel);

/// <summary>
/// Finds products by Elasticsearch: it filters, sorts and counts by itself. While it is away, or has no index yet, our tables answer, by
/// the same rules. Scoped.
/// </summary>
public sealed class ElasticSearch(
    TableSearch tables,
    LiveIndex live,
    ElasticLine line,
    Wording wording,
    IOptions<SearchOptions> options
) : ProductSearch(wording)
{
    private readonly AskElastic _ask = async (index, body, cancel) =>
        await line.SearchAsync(index.Name, body, cancel) ?? throw new SearchAwayException();

    /// <inheritdoc />
    public override Task<SearchResult> FindAsync(SearchQuery query, CancellationToken cancel) =>
        OrTablesAsync(
            () => base.FindAsync(query, cancel),
            async () => (await tables.FindAsync(query, cancel)).AsFallback()
        );

    /// <inheritdoc />
    public override Task<IReadOnlyList<string>> AlternativesAsync(
        SearchResult found,
        CancellationToken cancel
    ) =>
        OrTablesAsync(
            () => base.AlternativesAsync(found, cancel),
            () => tables.AlternativesAsync(found, cancel)
        );

    private protected override Task<SearchResult> AllAsync(SearchQuery query, CancellationToken cancel) =>
        FindAsync(query, text: null, cancel);

    internal override Task<SearchResult> MatchAsync(
        SearchQuery query,
        SearchTerms terms,
        IReadOnlyList<SearchWord>? whole,
        CancellationToken cancel
    ) => FindAsync(query, terms.Each.Count == 0 ? Json.Any([]) : new ElasticText(terms).Tiers(whole), cancel);

    internal override async Task<WordsFound> LookAsync(
        SearchQuery query,
        SearchTerms terms,
        CancellationToken cancel
    )
    {
        var text = new ElasticText(terms);
        var all = new SearchQuery(Text: null, new SearchCondition.All([]), query.Order);
        var counts = await CountAsync(all, text.Each("all"), cancel);
        return new Counted(this, query, text, Bits(counts));
    }

    private protected override async Task<IReadOnlyList<int>> WithHitsAsync(
        IReadOnlyList<SearchTerms> texts,
        CancellationToken cancel
    )
    {
        var all = new SearchQuery(
            Text: null,
            new SearchCondition.All([]),
            new(SearchOrderField.Popularity, IsReversed: false)
        );
        var counts = await CountAsync(all, texts.Select(terms => new ElasticText(terms).All("all")), cancel);
        return [.. counts.Index().Where(each => each.Item > 0).Select(each => each.Index)];
    }

    internal override Task<Vocabulary> VocabularyAsync(CancellationToken cancel) =>
        tables.VocabularyAsync(cancel);

    private LiveAt Live => live.Current ?? throw new SearchAwayException();

    private async Task<SearchResult> FindAsync(SearchQuery query, JsonObject? text, CancellationToken cancel)
    {
        var (index, facets) = (Live, new ElasticFacets(query));
        var asked = new ElasticBody(query, text);
        var body = asked.Page(query.After, query.Size);
        if (facets.Write() is not { } aggregates)
        {
            var page = await _ask(index, body, cancel);
            return new ElasticResult(asked, index, page, SearchFacets.None, _ask);
        }

        body["aggs"] = aggregates;
        var answer = await _ask(index, body, cancel);
        // Where the ranges lie is known by now.
        JsonElement? bands = facets.WriteBands(answer) is { } ranges
            ? await _ask(index, asked.Counts(ranges), cancel)
            : null;
        return new ElasticResult(asked, index, answer, facets.Read(answer, bands), _ask);
    }

    // Of products on sale that pass the filters, how many meet each of these.
    private async Task<IReadOnlyList<int>> CountAsync(
        SearchQuery query,
        IEnumerable<JsonObject> each,
        CancellationToken cancel
    )
    {
        var counts = new JsonObject
        {
            ["each"] = Json.Object("filters", Json.Object("filters", Json.Array(each))),
        };
        var answer = await _ask(Live, new ElasticBody(query.Unticked, text: null).Counts(counts), cancel);
        return
        [
            .. answer
                .GetProperty("aggregations")
                .GetProperty("each")
                .GetProperty("buckets")
                .EnumerateArray()
                .Select(bucket => bucket.GetProperty("doc_count").GetInt32()),
        ];
    }

    private async Task<T> OrTablesAsync<T>(Func<Task<T>> ask, Func<Task<T>> tell)
    {
        try
        {
            return await ask();
        }
        catch (SearchAwayException) when (options.Value.Fallback)
        {
            return await tell();
        }
    }

    private static int Bits(IEnumerable<int> counts) =>
        counts.Index().Where(each => each.Item > 0).Aggregate(0, (all, each) => all | (1 << each.Index));

    private sealed class Counted(ElasticSearch search, SearchQuery query, ElasticText text, int known)
        : WordsFound
    {
        public override int Known => known;

        // Which words go, and in which order, depends on how many products have each of them: so all that may be left is asked at once.
        public override async Task<int> KeptAsync(CancellationToken cancel)
        {
            JsonObject[] each = [.. text.Each("all")];
            var counts = await search.CountAsync(query, each.Select(Copy), cancel);
            int[] left = [.. Relaxation.Left(counts)];
            if (left.Length == 0)
            {
                return 0;
            }

            var met = await search.CountAsync(
                query,
                left.Select(words =>
                    Json.All(each.Where((_, place) => (words & (1 << place)) != 0).Select(Copy))
                ),
                cancel
            );
            return left.Zip(met).First(one => one.Second > 0).First;
        }

        private static JsonObject Copy(JsonObject part) => part.DeepClone().AsObject();
    }
}
