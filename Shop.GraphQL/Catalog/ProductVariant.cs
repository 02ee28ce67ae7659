using System.Text.Json.Serialization;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;

namespace Shop.GraphQL.Catalog;

/// <summary>A SKU: one thing that can be put into a cart.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Sku">Stock-keeping unit: the seller's code of exactly this thing. Unique.</param>
/// <param name="Title">What tells it from its siblings: `Blue / Large`; the product's title where it has none.</param>
/// <param name="SelectedOptions">One value for each of the product's options; at most 3.</param>
[Public]
internal sealed record ProductVariant(
    VariantId Id,
    string Sku,
    string Title,
    [property: ListSize(3)] IReadOnlyList<SelectedOption> SelectedOptions
) : Node
{
    /// <summary>The product it is a variant of.</summary>
    [Public]
    public IDataLoaderResult<IDataLoaderResult<Product>> Product([FromServices] LoaderContext loaders) =>
        loaders
            .Get<ProductById>()
            .Load(ProductId)
            // A SKU that was ordered is named also when its product is no longer sold.
            .Select(found =>
                found is null ? loaders.Get<NamedProductById>().Require(ProductId) : LoaderResults.Of(found)
            );

    /// <summary>
    /// The lowest that it cost by itself in the 30 days before the reduction began that runs, to be shown beside a reduced price as the
    /// law of the European Union asks. A reduction runs as long as it is compared with a higher price that the shop has set, however
    /// often its own price changes meanwhile; what price lists and promotions took off is none of it. Null where no reduction runs, and
    /// where one has run since it was first sold. In the currency that the request names.
    /// </summary>
    [Public(Conversion.Channel)]
    public IDataLoaderResult<Money?>? PriorPrice(
        [FromServices] LoaderContext loaders,
        [FromServices] Asker asker
    ) =>
        Prices.Own.CompareAt is null
            ? null
            : loaders
                .Get<PriorPriceByVariant>()
                .Load(Id)
                .Select(prior =>
                    prior is null ? (Money?)null : new UnitPrice(prior.Price, null).In(asker.Conversion).Price
                );

    /// <summary>What one weighs with its packing, in grams; 0 where that is not known.</summary>
    public int WeightGrams { get; init; }

    /// <summary>Whether it has to be shipped; what is not is handed over in another way, such as by a link.</summary>
    public bool RequiresShipping { get; init; }

    /// <summary>When it was taken out of the range; null while it is part of it.</summary>
    [Staff(StaffRole.Catalog)]
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Whether it can be put into a cart.</summary>
    [JsonInclude]
    internal bool IsOnSale { get; init; }

    /// <summary>What it can cost.</summary>
    [JsonInclude]
    internal required VariantPrices Prices { get; init; }

    /// <summary>The product's id.</summary>
    [JsonInclude]
    internal ProductId ProductId { get; init; }
}
