using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Loading;
using ProductRow = Shop.Data.Catalog.Product;

namespace Shop.GraphQL.Catalog;

/// <summary>A product that shoppers see; a draft or an archived one is absent.</summary>
internal sealed class ProductById(Reads<CatalogDb> reads) : Loader<ProductId, Product>
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<ProductId, Product>> FetchAsync(
        IReadOnlyList<ProductId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await ProductFields
            .Visible(db)
            .Where(row => keys.Contains(row.Id))
            .Select(ProductFields.FromRow)
            .ToDictionaryAsync(product => product.Id, cancel);
    }
}

/// <summary>The same, by its place in a web address.</summary>
internal sealed class ProductBySlug(Reads<CatalogDb> reads) : Loader<string, Product>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<string, Product>> FetchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await ProductFields
            .Visible(db)
            .Where(row => keys.Contains(row.Slug))
            .Select(ProductFields.FromRow)
            .ToDictionaryAsync(product => product.Slug, cancel);
    }
}

/// <summary>From what is stored to what clients see.</summary>
internal static class ProductFields
{
    /// <summary>The products that shoppers see.</summary>
    public static IQueryable<ProductRow> Visible(CatalogDb db) =>
        db.Products.Where(row => row.Status == ProductStatus.Active);

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
        };
}
