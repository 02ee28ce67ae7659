using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Finding;

/// <summary>What is looked for.</summary>
/// <param name="Text">What the shopper typed; null where they typed nothing.</param>
/// <param name="Where">What the page is about: facets keep to it.</param>
/// <param name="Order">In which order.</param>
public sealed record SearchQuery(string? Text, SearchCondition Where, SearchOrder Order)
{
    /// <summary>What the shopper has ticked; at most one for each facet.</summary>
    public IReadOnlyList<FacetTick> Ticks { get; init; } = [];

    /// <summary>What there is to tick of availability.</summary>
    public IReadOnlyList<StockRange> Levels { get; init; } = [];

    /// <summary>The currency of the prices to tick, ISO 4217; prices in another are not counted.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Whether a word that no product has may be taken for the nearest one that products have.</summary>
    public bool CorrectText { get; init; } = true;

    /// <summary>The last hit before the page that is looked at first; null for the beginning.</summary>
    public SearchHit? After { get; init; }

    /// <summary>Hits of that page.</summary>
    public int Size { get; init; }

    /// <summary>The facets that are looked at; those that are not need not be counted.</summary>
    public IReadOnlyCollection<FacetKind> Counted { get; init; } = [];

    /// <summary>The same without what is ticked.</summary>
    internal SearchQuery Unticked => this with { Ticks = [] };

    /// <summary>All that one SKU has to meet.</summary>
    internal SearchCondition Condition =>
        new SearchCondition.All([Where, .. Ticks.Select(tick => tick.Condition)]);
}
