using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>What a shopper has ticked of one facet: the values are alternatives.</summary>
/// <param name="Facet">Which.</param>
/// <param name="Values">What is ticked, as a page shows it; none where that is no value of a list, such as a price from a slider.</param>
/// <param name="Condition">What a SKU has to meet for it.</param>
public sealed record FacetTick(
    FacetName Facet,
    IReadOnlyCollection<string> Values,
    SearchCondition Condition
);

/// <summary>How much of a SKU there is, in words.</summary>
/// <param name="Name">The words.</param>
/// <param name="From">The fewest units.</param>
/// <param name="To">The most.</param>
public sealed record StockRange(string Name, int From, int To);
