using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;
using ProductRow = Shop.Data.Catalog.Product;

namespace Shop.GraphQL.Catalog;

/// <summary>A product that the asker may see; a draft or an archived one is absent for all but those who keep the catalogue.</summary>
internal sealed class ProductById(Reads<CatalogDb> reads, EntityCaches caches, Asker asker)
    : CachedLoader<CatalogDb, ProductId, Product>(reads, caches, KeptRows.Products, product => product.Id)
{
    /// <inheritdoc />
    protected override bool SeesMore => ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected internal override bool IsSameForAll => !ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected override IQueryable<Product> Rows(CatalogDb db, IReadOnlyList<ProductId> keys) =>
        ProductFields.Visible(db, asker).Where(row => keys.Contains(row.Id)).Select(ProductFields.FromRow);
}

/// <summary>The same, by its place in a web address.</summary>
internal sealed class ProductBySlug(Reads<CatalogDb> reads, EntityCaches caches, Asker asker)
    : CachedLoader<CatalogDb, string, Product>(
        reads,
        caches,
        KeptRows.ProductsBySlug,
        product => product.Slug
    )
{
    /// <inheritdoc />
    protected override bool SeesMore => ProductFields.SeesAll(asker);

    /// <inheritdoc />
    protected override IQueryable<Product> Rows(CatalogDb db, IReadOnlyList<string> keys) =>
        ProductFields.Visible(db, asker).Where(row => keys.Contains(row.Slug)).Select(ProductFields.FromRow);
}

/// <summary>A product whatever has become of it, for those who see one of its variants: what was ordered has a product.</summary>
internal sealed class NamedProductById(Reads<CatalogDb> reads)
    : RowLoader<CatalogDb, ProductId, Product>(reads, product => product.Id)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<Product> Rows(CatalogDb db, IReadOnlyList<ProductId> keys) =>
        db.Products.Where(row => keys.Contains(row.Id)).Select(ProductFields.FromRow);
}

/// <summary>From what is stored to what clients see.</summary>
internal static class ProductFields
{
    /// <summary>Whether drafts, and what is no longer sold, are theirs to see.</summary>
    public static bool SeesAll(Asker asker) => asker.May(StaffRole.Catalog);

    /// <summary>The products that the asker may see.</summary>
    public static IQueryable<ProductRow> Visible(CatalogDb db, Asker asker) =>
        SeesAll(asker) ? db.Products : db.Products.Where(row => row.Status == ProductStatus.Active);

    public static Expression<Func<ProductRow, Product>> FromRow { get; } =
        row => new Product(
            row.Id,
            row.Slug,
            row.Title,
            row.Description,
            row.Status,
            row.Brand,
            row.Tags,
            row.Options,
            row.CreatedAt,
            row.UpdatedAt,
            row.Version
        )
        {
            CategoryId = row.CategoryId,
            PriceFromMinor = row.PriceFromMinor,
            Code = row.Code,
            TaxClass = row.TaxClass,
            Media = MediaOf(row.Media),
        };

    private static IReadOnlyList<Media> MediaOf(IReadOnlyList<ProductMedia> stored) =>
        [.. stored.Select(each => new Media(new Uri(each.Url), each.Alt, each.Width, each.Height))];
}
