using Shop.Data.Cache;

namespace Shop.Data.Catalog;

/// <summary>What of the catalogue is new or not as it was.</summary>
public sealed record CatalogChange
{
    /// <summary>Products, with their SKUs.</summary>
    public IReadOnlyCollection<ProductId> Products { get; init; } = [];

    /// <summary>Categories; what stands below them has changed with them.</summary>
    public IReadOnlyCollection<CategoryId> Categories { get; init; } = [];

    /// <summary>Whether a price list has, and so what SKUs cost.</summary>
    public bool HasPrices { get; init; }

    /// <summary>What no cache may use any more.</summary>
    internal IReadOnlyCollection<string> Subjects =>
        [
            .. Products.Select(Floors.Of),
            .. Categories.Count > 0 ? (string[])[Floors.Tree] : [],
            .. HasPrices ? (string[])[Floors.PriceLists] : [],
        ];
}
