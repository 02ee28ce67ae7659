using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>A value to tick, with what a click would find.</summary>
/// <param name="Value">As a tick names it.</param>
/// <param name="Count">Products.</param>
/// <param name="IsTicked">Whether it is ticked now.</param>
/// <param name="Band">Of a price.</param>
public sealed record FacetCount(string Value, int Count, bool IsTicked, PriceBand? Band = null);

/// <summary>A facet as a page shows it.</summary>
/// <param name="Facet">Which.</param>
/// <param name="Values">
/// Most products first, then by value; prices and levels of stock in their own order. At most <see cref="MaxValues"/>, and all that
/// are ticked.
/// </param>
/// <param name="OtherCount">How many more values some product has.</param>
public sealed record FacetList(FacetName Facet, IReadOnlyList<FacetCount> Values, int OtherCount)
{
    /// <summary>The most values; those that are ticked may be more.</summary>
    public const int MaxValues = 50;

    /// <summary>The facets that a walk has met, or that are ticked.</summary>
    internal static IReadOnlyList<FacetList> Of(FacetWalk walk, SearchQuery query)
    {
        var bounds = PriceBands.Of(walk.AllPrices);
        return Of(
            from each in walk.Counts.Index()
            where each.Item > 0
            select (walk.Terms[each.Index], each.Item),
            bounds,
            walk.Prices.Select(each => (Band: PriceBands.Find(bounds, each.Price), each.Product))
                .Distinct()
                .CountBy(each => each.Band)
                .ToDictionary(),
            query
        );
    }

    /// <summary>The facets that have these values, or that are ticked.</summary>
    /// <param name="met">Values with their products, one or more.</param>
    /// <param name="bounds">Where the ranges of prices begin and end; empty for no such facet.</param>
    /// <param name="inBand">Products of each range, by its number.</param>
    /// <param name="query">What is looked for.</param>
    internal static IReadOnlyList<FacetList> Of(
        IEnumerable<(FacetTerm Term, int Count)> met,
        IReadOnlyList<long> bounds,
        IReadOnlyDictionary<int, int> inBand,
        SearchQuery query
    )
    {
        var ticked = query
            .Ticks.SelectMany(tick => tick.Values.Select(value => new FacetTerm(tick.Facet, value)))
            .ToHashSet();
        // What is ticked stays, though a click on it finds nothing: it has to be there to be taken off.
        var all = met.ToDictionary(each => each.Term, each => each.Count);
        foreach (var term in ticked.Where(term => term.Facet.Kind != FacetKind.Price))
        {
            all.TryAdd(term, 0);
        }

        return
        [
            .. from each in all
            group new FacetCount(
                each.Key.Value,
                each.Value,
                ticked.Contains(each.Key)
            ) by each.Key.Facet into facet
            select facet.Key.Kind == FacetKind.Availability
                ? new(facet.Key, InOrder(facet, query.Levels), OtherCount: 0)
                : Cut(facet),
            .. PriceBands.Facet(bounds, inBand, query.Currency, ticked),
        ];
    }

    private static IReadOnlyList<FacetCount> InOrder(
        IEnumerable<FacetCount> values,
        IReadOnlyList<StockRange> levels
    ) => [.. levels.Join(values, level => level.Name, value => value.Value, (_, value) => value)];

    private static FacetList Cut(IGrouping<FacetName, FacetCount> facet)
    {
        var values = facet
            .OrderByDescending(value => value.Count)
            .ThenBy(value => value.Value, StringComparer.Ordinal)
            .ToList();
        FacetCount[] shown =
        [
            .. values
                .Index()
                .Where(each => each.Index < MaxValues || each.Item.IsTicked)
                .Select(each => each.Item),
        ];
        return new(facet.Key, shown, values.Count - shown.Length);
    }
}
