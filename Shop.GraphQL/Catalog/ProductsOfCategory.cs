using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog;

/// <summary>The ids of the products in a category or below it, by title.</summary>
internal sealed class ProductsOfCategory(Reads<CatalogDb> reads) : PageLoader<CategoryId, ProductId>
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
    protected override async Task<ILookup<CategoryId, ProductId>> FetchAsync(
        IReadOnlyList<CategoryId> keys,
        Page page,
        CancellationToken cancel
    )
    {
        var categories = keys.Select(key => key.Value).ToArray();
        var (title, id) = Place(page.Cursor);
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                select wanted.id as category_id, p.id as product_id
                from catalog.category wanted
                cross join lateral (
                    select near.id, near.title from catalog.category below
                    -- Each category below gives its own first products, straight from their index.
                    cross join lateral (
                        select id, title from catalog.product
                        where status = 'Active' and category_id = below.id and (title, id) > ({title}, {id})
                        order by title, id
                        limit {page.Take}
                    ) near
                    where below.path @> array[wanted.id]
                    order by near.title, near.id
                    limit {page.Take}
                ) p
                where wanted.id = any({categories})
                order by wanted.id, p.title, p.id
                """
            )
            .ToListAsync(cancel);
        return rows.ToLookup(row => new CategoryId(row.CategoryId), row => new ProductId(row.ProductId));
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
        return (parts[0], Cursor.Number(cursor, parts[1]));
    }

    private sealed record Row(long CategoryId, long ProductId);
}

/// <summary>How many products stand in a category or below it.</summary>
internal sealed record ProductCount(long CategoryId, int Products);

/// <summary>The counts of categories, in one statement.</summary>
internal sealed class ProductCountByCategory(Reads<CatalogDb> reads)
    : RowLoader<CatalogDb, CategoryId, ProductCount>(reads, count => new(count.CategoryId))
{
    /// <inheritdoc />
    protected override IQueryable<ProductCount> Rows(CatalogDb db, IReadOnlyList<CategoryId> keys)
    {
        var categories = keys.Select(key => key.Value).ToArray();
        return db.Database.SqlQuery<ProductCount>(
            $"""
            select wanted.id as category_id, p.products
            from catalog.category wanted
            cross join lateral (
                select count(*)::int as products from catalog.product
                where status = 'Active'
                  and category_id in (select id from catalog.category where path @> array[wanted.id])
            ) p
            where wanted.id = any({categories})
            """
        );
    }
}
