using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage;
using ProductRow = Shop.Data.Catalog.Product;
using VariantRow = Shop.Data.Catalog.ProductVariant;

namespace Shop.GraphQL.Catalog;

/// <summary>
/// A SKU that the asker may see. One of a draft or an archived product, or one that is out of the range, is absent for all
/// but those who keep the catalogue.
/// </summary>
internal sealed class VariantById(
    Reads<CatalogDb> reads,
    EntityCaches caches,
    Asker asker,
    TimeProvider clock
)
    : CachedLoader<CatalogDb, VariantId, ProductVariant>(
        reads,
        caches,
        KeptRows.Variants,
        variant => variant.Id
    )
{
    /// <inheritdoc />
    protected override bool SeesMore => ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected internal override bool IsSameForAll => !ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected override IQueryable<ProductVariant> Rows(CatalogDb db, IReadOnlyList<VariantId> keys) =>
        VariantFields.Visible(db, db.Variants.Where(row => keys.Contains(row.Id)), asker, clock);
}

/// <summary>A SKU whatever has become of its product: what was ordered is named even when it is no longer sold.</summary>
internal sealed class NamedVariantById(Reads<CatalogDb> reads, TimeProvider clock)
    : RowLoader<CatalogDb, VariantId, ProductVariant>(reads, variant => variant.Id)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<ProductVariant> Rows(CatalogDb db, IReadOnlyList<VariantId> keys) =>
        VariantFields.Of(db.Products, db.Variants.Where(row => keys.Contains(row.Id)), clock);
}

/// <summary>A SKU that the asker may see, by what the seller calls it.</summary>
internal sealed class VariantBySku(
    Reads<CatalogDb> reads,
    EntityCaches caches,
    Asker asker,
    TimeProvider clock
)
    : CachedLoader<CatalogDb, string, ProductVariant>(
        reads,
        caches,
        KeptRows.VariantsBySku,
        variant => variant.Sku
    )
{
    /// <inheritdoc />
    protected override bool SeesMore => ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected override IQueryable<ProductVariant> Rows(CatalogDb db, IReadOnlyList<string> keys) =>
        VariantFields.Visible(db, db.Variants.Where(row => keys.Contains(row.Sku)), asker, clock);
}

/// <summary>The same whatever has become of its product, for those who keep the stock.</summary>
internal sealed class NamedVariantBySku(Reads<CatalogDb> reads, TimeProvider clock)
    : RowLoader<CatalogDb, string, ProductVariant>(reads, variant => variant.Sku)
{
    /// <inheritdoc />
    protected override IQueryable<ProductVariant> Rows(CatalogDb db, IReadOnlyList<string> keys) =>
        VariantFields.Of(db.Products, db.Variants.Where(row => keys.Contains(row.Sku)), clock);
}

/// <summary>The SKUs of a product, in display order, without those out of the range. Who has the product may see them.</summary>
internal sealed class VariantsByProduct(Reads<CatalogDb> reads, EntityCaches caches, TimeProvider clock)
    : CachedListLoader<CatalogDb, ProductId, ProductVariant>(
        reads,
        caches,
        KeptRows.VariantsOfProduct,
        variant => variant.ProductId
    )
{
    /// <inheritdoc />
    protected override IQueryable<ProductVariant> Rows(CatalogDb db, IReadOnlyList<ProductId> keys) =>
        VariantFields.Of(
            db.Products,
            db.Variants.Where(row => keys.Contains(row.ProductId) && row.RetiredAt == null)
                .OrderBy(row => row.ProductId)
                .ThenBy(row => row.Position)
                .ThenBy(row => row.Id),
            clock
        );
}

/// <summary>From what is stored to what clients see.</summary>
internal static class VariantFields
{
    /// <summary>Of these variants those that the asker may see.</summary>
    public static IQueryable<ProductVariant> Visible(
        CatalogDb db,
        IQueryable<VariantRow> variants,
        Asker asker,
        TimeProvider clock
    ) =>
        Of(
            ProductFields.Visible(db, asker),
            ProductFields.SeesAll(asker) ? variants : variants.Where(row => row.RetiredAt == null),
            clock
        );

    /// <summary>Of these variants those of these products.</summary>
    public static IQueryable<ProductVariant> Of(
        IQueryable<ProductRow> products,
        IQueryable<VariantRow> variants,
        TimeProvider clock
    ) =>
        variants.Join(
            products,
            variant => variant.ProductId,
            product => product.Id,
            FromRows(clock.GetUtcNow())
        );

    // With what it costs by lists, in the same statement; what is over is not read.
    private static Expression<Func<VariantRow, ProductRow, ProductVariant>> FromRows(DateTimeOffset now) =>
        (variant, product) =>
            new ProductVariant(variant.Id, variant.Sku, variant.Title, variant.SelectedOptions)
            {
                ProductId = variant.ProductId,
                WeightGrams = variant.WeightGrams,
                RequiresShipping = variant.RequiresShipping,
                RetiredAt = variant.RetiredAt,
                IsOnSale = product.Status == ProductStatus.Active && variant.RetiredAt == null,
                Prices = new VariantPrices(
                    new UnitPrice(
                        new Money(variant.PriceMinor, variant.Currency),
                        variant.CompareAtMinor == null
                            ? null
                            : new Money(variant.CompareAtMinor.Value, variant.Currency)
                    ),
                    variant
                        .Prices.Where(price =>
                            (price.EndsAt == null || price.EndsAt > now)
                            && (price.List!.EndsAt == null || price.List.EndsAt > now)
                        )
                        .Select(price => new PriceCandidate(
                            price.List!,
                            price.MinUnits,
                            price.AmountMinor,
                            price.CompareAtMinor,
                            price.StartsAt,
                            price.EndsAt
                        ))
                        .ToList()
                ),
            };
}
