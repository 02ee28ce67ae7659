using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Finding;

/// <summary>All that was found, of one moment of the index.</summary>
public sealed class SearchResult
{
    private readonly DatedColumns _columns;
    private readonly IEnumerable<(ColumnPlace Place, int Tier)> _matches;
    private readonly SearchQuery _query;
    private readonly Lazy<List<SearchHit>> _hits;
    private readonly Lazy<SearchFacets> _facets;

    /// <param name="columns">What it is found in.</param>
    /// <param name="matches">Products that meet the text, each once, with how well.</param>
    /// <param name="query">What is looked for.</param>
    internal SearchResult(
        DatedColumns columns,
        IEnumerable<(ColumnPlace Place, int Tier)> matches,
        SearchQuery query
    )
    {
        (_columns, _matches, _query) = (columns, matches, query);
        _hits = new(() => HitWalk.Over(matches, SkuTests.Of(query.Condition, columns.Columns.Terms)));
        _facets = new(CountFacets);
    }

    /// <summary>How old the index was, as far as it says itself.</summary>
    public IndexAge Age => _columns.Age;

    /// <summary>How the text was read; null without one.</summary>
    internal TextReading? Reading { get; private init; }

    /// <summary>What was asked for and what was looked for; null without a text.</summary>
    public (string Asked, string Used)? Text => Reading is { } read ? (read.Asked, read.Used) : null;

    /// <summary>Whether a word took the place of one that no product has.</summary>
    public bool IsCorrected => Reading is { IsCorrected: true };

    /// <summary>Whether words were left out.</summary>
    public bool IsRelaxed => Reading is { IsRelaxed: true };

    /// <summary>The hits, in no order.</summary>
    internal IReadOnlyList<SearchHit> Hits => _hits.Value;

    /// <summary>Hits in all.</summary>
    public int Count => _hits.Value.Count;

    /// <summary>A part of the hits, in the order of the query.</summary>
    /// <param name="after">The last hit before it; null for the first part. Only what the order goes by counts.</param>
    /// <param name="limit">The most of them.</param>
    public IReadOnlyList<SearchHit> Page(SearchHit? after, int limit) =>
        [
            .. _hits
                .Value.Where(hit => after is not { } last || _query.Order.Compare(hit, last) > 0)
                .Order(_query.Order)
                .Take(limit),
        ];

    /// <summary>What the hits can be narrowed down by; counted when it is asked for.</summary>
    public SearchFacets Facets => _facets.Value;

    /// <summary>The SKUs of the hits that pass, taken together; in no order.</summary>
    public IReadOnlyList<SkuGroup> Groups(SkuGrouping by) =>
        new SkuGroupWalk(_columns.Columns, [.. _matches.Select(match => match.Place)], _query).By(by);

    /// <summary>The same, and how the text was read.</summary>
    internal SearchResult ReadAs(TextReading reading) =>
        new(_columns, _matches, _query) { Reading = reading };

    /// <summary>What would be found without what is ticked.</summary>
    internal SearchResult Untick() =>
        _query.Ticks.Count == 0 ? this : new(_columns, _matches, _query.Unticked) { Reading = Reading };

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

/// <summary>What hits can be narrowed down by.</summary>
/// <param name="Lists">Facets with values.</param>
/// <param name="Prices">The lowest and the highest price of SKUs that meet everything but a tick of the price; null where there is none.</param>
public sealed record SearchFacets(IReadOnlyList<FacetList> Lists, (Money Min, Money Max)? Prices);
