using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog;

/// <summary>What Catalog adds to the root. Drafts and archived products are absent for shoppers.</summary>
internal sealed class CatalogQueries(LoaderContext loaders, Reads<CatalogDb> reads, Asker asker)
{
    /// <summary>One product. Null where it does not exist or is not on sale.</summary>
    /// <param name="by">Its id, or its place in a web address.</param>
    [Public(CatalogAnnouncements.Channel)]
    public IDataLoaderResult<Product?> Product(ProductBy by) => by.Load(loaders);

    /// <summary>Products on sale; for staff with the role `CATALOG` on their own schema all products. Newest first, unless `orderBy` says otherwise.</summary>
    /// <param name="where">Which; all of them where it is left out.</param>
    /// <param name="orderBy">In which order. Products that are equal in it come in the order of their ids.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Public(CatalogAnnouncements.Channel)]
    public async Task<Connection<Product>> ProductsAsync(
        ProductWhere? where,
        ProductOrder? orderBy,
        Page page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var order = ProductSort.Of(orderBy);
        var rows = ProductConditions.Apply(db, ProductFields.Visible(db, asker), where);
        var products = await order.Cut(rows, page).Select(ProductFields.FromRow).ToListAsync(cancel);
        foreach (var product in products)
        {
            loaders.Get<ProductById>().Prime(product.Id, product);
        }

        return Connection<Product>.Of(products, page, order.CursorOf, stop => CountAsync(where, stop));
    }

    /// <summary>One SKU. Null where it does not exist or its product is not on sale.</summary>
    /// <param name="by">Its id, or its stock-keeping unit.</param>
    [Public(CatalogAnnouncements.Channel)]
    public IDataLoaderResult<ProductVariant?> ProductVariant(ProductVariantBy by) => by.Load(loaders);

    /// <summary>One category. Null where it does not exist.</summary>
    /// <param name="by">Its id, or its place in a web address.</param>
    [Public(CatalogAnnouncements.Channel)]
    public IDataLoaderResult<Category?> Category(CategoryBy by) => by.Load(loaders);

    /// <summary>The categories that stand below no other, in display order; at most 200.</summary>
    /// <param name="cancel">Ends the read.</param>
    [Public(CatalogAnnouncements.Channel), ListSize(10)]
    public async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        return await db
            .Categories.Where(row => row.ParentId == null)
            .OrderBy(row => row.Position)
            .ThenBy(row => row.Id)
            .Select(CategoryFields.FromRow)
            .ToListAsync(cancel);
    }

    private async Task<int> CountAsync(ProductWhere? where, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        return await ProductConditions.Apply(db, ProductFields.Visible(db, asker), where).CountAsync(cancel);
    }
}
