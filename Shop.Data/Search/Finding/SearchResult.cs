using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Finding;

/// <summary>All that was found, of one moment of the index.</summary>
public sealed class SearchResult
{
    private readonly SearchOrder _order;
    private readonly List<SearchHit> _hits;

    /// <param name="columns">What it is found in.</param>
    /// <param name="matches">Products that meet the text, each once, with how well.</param>
    /// <param name="query">What is looked for.</param>
    internal SearchResult(
        DatedColumns columns,
        IEnumerable<(ColumnPlace Place, int Tier)> matches,
        SearchQuery query
    )
    {
        (Age, _order) = (columns.Age, query.Order);
        _hits = HitWalk.Over(matches, SkuTests.Of(query.Where, columns.Columns.Terms));
    }

    /// <summary>How old the index was, as far as it says itself.</summary>
    public IndexAge Age { get; }

    /// <summary>Hits in all.</summary>
    public int Count => _hits.Count;

    /// <summary>A part of the hits, in the order of the query.</summary>
    /// <param name="after">The last hit before it; null for the first part. Only what the order goes by counts.</param>
    /// <param name="limit">The most of them.</param>
    public IReadOnlyList<SearchHit> Page(SearchHit? after, int limit) =>
        [
            .. _hits
                .Where(hit => after is not { } last || _order.Compare(hit, last) > 0)
                .Order(_order)
                .Take(limit),
        ];
}
