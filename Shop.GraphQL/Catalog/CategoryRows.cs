using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;
using CategoryRow = Shop.Data.Catalog.Category;

namespace Shop.GraphQL.Catalog;

/// <summary>A category.</summary>
internal sealed class CategoryById(Reads<CatalogDb> reads, EntityCaches caches)
    : CachedLoader<CatalogDb, CategoryId, Category>(
        reads,
        caches,
        KeptRows.Categories,
        category => category.Id
    )
{
    /// <inheritdoc />
    protected override IQueryable<Category> Rows(CatalogDb db, IReadOnlyList<CategoryId> keys) =>
        db.Categories.Where(row => keys.Contains(row.Id)).Select(CategoryFields.FromRow);
}

/// <summary>The same, by its place in a web address.</summary>
internal sealed class CategoryBySlug(Reads<CatalogDb> reads, EntityCaches caches)
    : CachedLoader<CatalogDb, string, Category>(
        reads,
        caches,
        KeptRows.CategoriesBySlug,
        category => category.Slug
    )
{
    /// <inheritdoc />
    protected override IQueryable<Category> Rows(CatalogDb db, IReadOnlyList<string> keys) =>
        db.Categories.Where(row => keys.Contains(row.Slug)).Select(CategoryFields.FromRow);
}

/// <summary>The categories right below one, in display order.</summary>
internal sealed class ChildCategories(Reads<CatalogDb> reads, EntityCaches caches)
    : CachedListLoader<CatalogDb, CategoryId, Category>(
        reads,
        caches,
        KeptRows.CategoriesBelow,
        child => child.ParentId!.Value
    )
{
    /// <inheritdoc />
    protected override IQueryable<Category> Rows(CatalogDb db, IReadOnlyList<CategoryId> keys) =>
        db
            .Categories.Where(row => row.ParentId != null && keys.Contains(row.ParentId.Value))
            .OrderBy(row => row.Position)
            .ThenBy(row => row.Id)
            .Select(CategoryFields.FromRow);
}

/// <summary>From what is stored to what clients see.</summary>
internal static class CategoryFields
{
    public static Expression<Func<CategoryRow, Category>> FromRow { get; } =
        row => new Category(row.Id, row.Slug, row.Title) { ParentId = row.ParentId };
}
