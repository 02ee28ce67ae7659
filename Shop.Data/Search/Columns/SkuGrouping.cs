using System.Text.Json.Serialization;

namespace Shop.Data.Search.Columns;

/// <summary>What SKUs are taken together by. A SKU that has several values counts in the group of each.</summary>
[JsonDerivedType(typeof(Value), nameof(Value))]
[JsonDerivedType(typeof(Price), nameof(Price))]
[JsonDerivedType(typeof(Level), nameof(Level))]
public abstract record SkuGrouping
{
    private SkuGrouping() { }

    /// <summary>A value of a facet: categories with all above, makers, tags; of options, those of one name, or of all for an empty one.</summary>
    public sealed record Value(FacetName Facet) : SkuGrouping;

    /// <summary>Ranges of prices from each bound up to the next, in minor units, ascending; for null up to eight at round numbers.</summary>
    public sealed record Price(IReadOnlyList<long>? Bounds) : SkuGrouping;

    /// <summary>How much there is of the SKU.</summary>
    public sealed record Level : SkuGrouping;
}
