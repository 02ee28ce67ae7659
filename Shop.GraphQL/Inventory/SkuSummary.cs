using Shop.Data.Inventory;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>
/// What aggregation over a set of SKUs yields. Prices are what SKUs cost by themselves, whatever price lists say: of a product in the
/// currency that the request names, of `skuAggregate` in the shop's.
/// </summary>
/// <param name="SkuCount">How many SKUs there are; one or more.</param>
/// <param name="MinPrice">The lowest of their prices.</param>
/// <param name="MaxPrice">The highest of their prices.</param>
/// <param name="AveragePrice">All of their prices together, by their number; rounded half away from zero.</param>
/// <param name="InStockCount">How many of the SKUs can be bought now.</param>
/// <param name="Available">Units of all SKUs that can be bought now; 2147483647 for that many and more.</param>
[Public(Conversion.Channel)]
internal sealed record SkuSummary(
    int SkuCount,
    Money MinPrice,
    Money MaxPrice,
    Money AveragePrice,
    int InStockCount,
    int Available
)
{
    /// <param name="variants">One or more, with prices in one currency: a product has no other.</param>
    /// <param name="stock">What there is of each, in the same order.</param>
    /// <param name="conversion">How prices become prices of another currency; null where they stay as they are.</param>
    internal static SkuSummary Of(
        IReadOnlyList<ProductVariant> variants,
        IReadOnlyList<Availability> stock,
        Conversion? conversion
    )
    {
        var prices = variants.Select(variant => variant.Prices.Own.In(conversion).Price).ToList();
        return new(
            variants.Count,
            prices.MinBy(price => price.Minor),
            prices.MaxBy(price => price.Minor),
            prices.Aggregate(static (sum, price) => sum + price).Part(1, variants.Count),
            stock.Count(level => level.Available > 0),
            (int)Math.Min(stock.Sum(level => (long)level.Available), int.MaxValue)
        );
    }
}

/// <summary>Inventory's field on products.</summary>
internal sealed class SkuSummaryOfProduct(LoaderContext loaders, Asker asker)
{
    /// <summary>Its SKUs taken together: how many, at which prices, how much of them.</summary>
    [Public(StockAnnouncements.Channel), Cost(5)]
    public IDataLoaderResult<IDataLoaderResult<SkuSummary>> SkuSummary([FromSource] Product product) =>
        loaders
            .Get<VariantsByProduct>()
            .Load(product.Id)
            .Select(all =>
                LoaderResults
                    .All(all.Select(variant => loaders.Get<AvailabilityByVariant>().Of(variant.Id)))
                    .Select(stock => Inventory.SkuSummary.Of(all, stock, asker.Conversion))
            );
}
