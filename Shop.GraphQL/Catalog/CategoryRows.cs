using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;
using CategoryRow = Shop.Data.Catalog.Category;

namespace Shop.GraphQL.Catalog;

/// <summary>A category.</summary>
internal sealed class CategoryById(Reads<CatalogDb> reads) : Loader<CategoryId, Category>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CategoryId, Category>> FetchAsync(
        IReadOnlyList<CategoryId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await db
            .Categories.Where(row => keys.Contains(row.Id))
            .Select(CategoryFields.FromRow)
            .ToDictionaryAsync(category => category.Id, cancel);
    }
}

/// <summary>The same, by its place in a web address.</summary>
internal sealed class CategoryBySlug(Reads<CatalogDb> reads) : Loader<string, Category>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<string, Category>> FetchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await db
            .Categories.Where(row => keys.Contains(row.Slug))
            .Select(CategoryFields.FromRow)
            .ToDictionaryAsync(category => category.Slug, cancel);
    }
}

/// <summary>The categories right below one, in display order.</summary>
internal sealed class ChildCategories(Reads<CatalogDb> reads) : ListLoader<CategoryId, Category>
{
    /// <inheritdoc />
    protected override async Task<ILookup<CategoryId, Category>> FetchAsync(
        IReadOnlyList<CategoryId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        var children = await db
            .Categories.Where(row => row.ParentId != null && keys.Contains(row.ParentId.Value))
            .OrderBy(row => row.Position)
            .ThenBy(row => row.Id)
            .Select(CategoryFields.FromRow)
            .ToListAsync(cancel);
        return children.ToLookup(child => child.ParentId!.Value);
    }
}

/// <summary>From what is stored to what clients see.</summary>
internal static class CategoryFields
{
    public static Expression<Func<CategoryRow, Category>> FromRow { get; } =
        row => new Category(row.Id, row.Slug, row.Title) { ParentId = row.ParentId };
}
