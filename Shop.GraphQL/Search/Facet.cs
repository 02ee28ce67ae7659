using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>What products that were found can be narrowed down by. Of options there is a facet for each.</summary>
/// <param name="Key">By what.</param>
/// <param name="Name">The option's name, such as `Colour`; null for all others.</param>
/// <param name="Label">What to call it; in English where it is no option.</param>
/// <param name="Values">
/// Those that some product has, and those that are ticked: most products first; categories as a tree, each before what stands below
/// it; prices and availability in their own order, ranges of prices also where other ticks leave them empty.
/// At most 50, and what is ticked.
/// </param>
/// <param name="OtherCount">How many more values some product has.</param>
[Public]
internal sealed record Facet(
    FacetKey Key,
    string? Name,
    string Label,
    [property: ListSize(10)] IReadOnlyList<FacetValue> Values,
    int OtherCount
)
{
    /// <summary>Whether there are more values than are told.</summary>
    public bool IsCut => OtherCount > 0;
}

/// <summary>A value to tick.</summary>
/// <param name="Label">What to call it: a category's title, or the value itself.</param>
/// <param name="Value">What `ticked` takes: of a category its id, of a price `priceBand`.</param>
/// <param name="Count">
/// Products that would be found with it as the only tick of its facet: all other ticks hold, and one SKU meets them together.
/// </param>
/// <param name="Selected">Whether it is ticked.</param>
/// <param name="Depth">Of a category, how many of the facet's categories stand above it; 0 for all others.</param>
/// <param name="Category">The category; null for other facets.</param>
/// <param name="From">Of a price, the lowest of the range; null for other facets.</param>
/// <param name="To">Of a price, the end of the range, which is not part of it; null for other facets.</param>
[Public]
internal sealed record FacetValue(
    string Label,
    string Value,
    int Count,
    bool Selected,
    int Depth = 0,
    Category? Category = null,
    Money? From = null,
    Money? To = null
);

/// <summary>What products can be narrowed down by.</summary>
internal enum FacetKey
{
    /// <summary>Their category, and those above it.</summary>
    Category,

    /// <summary>Who makes them.</summary>
    Brand,

    /// <summary>The options of their SKUs, such as `Colour`: a facet for each.</summary>
    Option,

    /// <summary>What a SKU costs, in the shop's currency.</summary>
    Price,

    /// <summary>Their tags.</summary>
    Tag,

    /// <summary>Whether a SKU can be bought.</summary>
    Availability,
}

/// <summary>Prices from one to another.</summary>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
[Public]
internal sealed record PriceRange(Money Min, Money Max);
