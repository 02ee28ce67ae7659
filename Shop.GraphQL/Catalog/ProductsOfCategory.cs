using System.Globalization;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;

namespace Shop.GraphQL.Catalog;

/// <summary>A page of what stands in a category or below it.</summary>
internal readonly record struct CategoryPage(CategoryId Category, ForwardPage Page);

/// <summary>
/// The ids on such pages, by title. One statement per page size and place, whatever the number of categories: the
/// children of a menu are all asked for alike.
/// </summary>
internal sealed class ProductsOfCategory(Reads<CatalogDb> reads) : ListLoader<CategoryPage, ProductId>
{
    /// <summary>The page itself: its ids, and then their products, each batched over all categories.</summary>
    public static IDataLoaderResult<IDataLoaderResult<Connection<Product>>> Load(
        LoaderContext loaders,
        CategoryId category,
        ForwardPage page
    )
    {
        // Enlisted now, read only if a totalCount is asked for: then those of all categories at once.
        var count = loaders.Get<ProductCountByCategory>().Load(category);
        return loaders
            .Get<ProductsOfCategory>()
            .Load(new(category, page))
            .Select(ids =>
                LoaderResults
                    .All(ids.Select(id => loaders.Get<ProductById>().Load(id)))
                    // A product may go between the two reads.
                    .Select(found =>
                        Connection<Product>.Of(
                            [.. found.OfType<Product>()],
                            page,
                            CursorOf,
                            async cancel => (await count.GetResultAsync(cancel))?.Products ?? 0
                        )
                    )
            );
    }

    /// <inheritdoc />
    protected override async Task<ILookup<CategoryPage, ProductId>> FetchAsync(
        IReadOnlyList<CategoryPage> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        var found = new List<(CategoryPage Key, ProductId Product)>();
        foreach (var alike in keys.GroupBy(key => key.Page))
        {
            var rows = await ReadAsync(db, [.. alike.Select(key => key.Category.Value)], alike.Key, cancel);
            found.AddRange(
                rows.Select(row =>
                    (new CategoryPage(new(row.CategoryId), alike.Key), new ProductId(row.ProductId))
                )
            );
        }

        return found.ToLookup(row => row.Key, row => row.Product);
    }

    private static Task<List<Row>> ReadAsync(
        CatalogDb db,
        long[] categories,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        var (title, id) = Place(page.Cursor);
        var take = ((Page)page).Take;
        return db
            .Database.SqlQuery<Row>(
                $"""
                select shelf.id as category_id, p.id as product_id
                from catalog.category shelf
                cross join lateral (
                    select near.id, near.title from catalog.category below
                    -- Each category below gives its own first products, straight from their index.
                    cross join lateral (
                        select id, title from catalog.product
                        where status = 'Active' and category_id = below.id and (title, id) > ({title}, {id})
                        order by title, id
                        limit {take}
                    ) near
                    where below.path @> array[shelf.id]
                    order by near.title, near.id
                    limit {take}
                ) p
                where shelf.id = any({categories})
                order by shelf.id, p.title, p.id
                """
            )
            .ToListAsync(cancel);
    }

    private static string CursorOf(Product product) => Cursor.Of(product.Title, $"{product.Id.Value}");

    private static (string Title, long Id) Place(string? cursor)
    {
        if (cursor is null)
        {
            // Before every product: none has an empty title.
            return ("", 0);
        }

        var parts = Cursor.Read(cursor, 2);
        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (parts[0], id)
            : throw Cursor.Invalid(cursor);
    }

    private sealed record Row(long CategoryId, long ProductId);
}

/// <summary>How many products stand in a category or below it.</summary>
internal sealed record ProductCount(long CategoryId, int Products);

/// <summary>The counts of categories, in one statement.</summary>
internal sealed class ProductCountByCategory(Reads<CatalogDb> reads) : Loader<CategoryId, ProductCount>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CategoryId, ProductCount>> FetchAsync(
        IReadOnlyList<CategoryId> keys,
        CancellationToken cancel
    )
    {
        var categories = keys.Select(key => key.Value).ToArray();
        await using var db = reads.Open();
        return await db
            .Database.SqlQuery<ProductCount>(
                $"""
                select shelf.id as category_id, p.products
                from catalog.category shelf
                cross join lateral (
                    select count(*)::int as products from catalog.product
                    where status = 'Active'
                      and category_id in (select id from catalog.category where path @> array[shelf.id])
                ) p
                where shelf.id = any({categories})
                """
            )
            .ToDictionaryAsync(row => new CategoryId(row.CategoryId), cancel);
    }
}
