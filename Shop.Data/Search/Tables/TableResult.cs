using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Tables;

/// <summary>What was found in columns: everything else is made of it in memory, when it is asked for.</summary>
internal sealed class TableResult : SearchResult
{
    private readonly DatedColumns _columns;
    private readonly IEnumerable<(ColumnPlace Place, int Tier)> _matches;
    private readonly SearchQuery _query;
    private readonly Lazy<List<SearchHit>> _hits;
    private readonly Lazy<SearchFacets> _facets;

    /// <param name="columns">What it is found in.</param>
    /// <param name="matches">Products that meet the text, each once, with how well.</param>
    /// <param name="query">What is looked for.</param>
    public TableResult(
        DatedColumns columns,
        IEnumerable<(ColumnPlace Place, int Tier)> matches,
        SearchQuery query
    )
    {
        (_columns, _matches, _query) = (columns, matches, query);
        _hits = new(() => HitWalk.Over(matches, SkuTests.Of(query.Condition, columns.Columns.Terms)));
        _facets = new(CountFacets);
    }

    /// <summary>All products, by the filters alone.</summary>
    public static TableResult All(DatedColumns columns, SearchQuery query) =>
        new(columns, columns.Columns.All.Select(place => (place, 0)), query);

    /// <inheritdoc />
    public override IndexAge Age => _columns.Age;

    /// <summary>The hits, in no order.</summary>
    public IReadOnlyList<SearchHit> Hits => _hits.Value;

    /// <inheritdoc />
    public override int Count => _hits.Value.Count;

    /// <inheritdoc />
    public override SearchFacets Facets => _facets.Value;

    /// <inheritdoc />
    public override ValueTask<IReadOnlyList<SearchHit>> PageAsync(
        SearchHit? after,
        int limit,
        CancellationToken cancel
    ) => ValueTask.FromResult(PageOf(after, limit));

    /// <inheritdoc cref="PageAsync" />
    public IReadOnlyList<SearchHit> PageOf(SearchHit? after, int limit) =>
        [
            .. _hits
                .Value.Where(hit => after is not { } last || _query.Order.Compare(hit, last) > 0)
                .Order(_query.Order)
                .Take(limit),
        ];

    /// <summary>The SKUs of the hits that pass, taken together; in no order.</summary>
    public IReadOnlyList<SkuGroup> Groups(SkuGrouping by) =>
        new SkuGroupWalk(_columns.Columns, [.. _matches.Select(match => match.Place)], _query).By(by);

    /// <inheritdoc />
    internal override ValueTask<bool> HasUntickedAsync(CancellationToken cancel) =>
        ValueTask.FromResult(
            Count > 0
                || (_query.Ticks.Count > 0 && new TableResult(_columns, _matches, _query.Unticked).Count > 0)
        );

    private SearchFacets CountFacets()
    {
        var walk = new FacetWalk(_columns.Columns, _query).Over(_matches.Select(match => match.Place));
        long[] prices = [.. walk.Prices.Select(each => each.Price)];
        return new(
            FacetList.Of(walk, _query),
            prices.Length == 0
                ? null
                : (new(prices.Min(), _query.Currency), new(prices.Max(), _query.Currency))
        );
    }
}
