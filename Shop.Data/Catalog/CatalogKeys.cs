using Npgsql;
using Shop.Data.Cache;

namespace Shop.Data.Catalog;

/// <summary>The keys that rows of the catalogue are asked for by, as <see cref="KnownKeys"/> has them. None of them is ever free again but slugs.</summary>
public sealed class CatalogKeys(Database<CatalogDb> database)
{
    /// <summary>Ids of products.</summary>
    public const string Products = "product";

    /// <summary>Slugs of products.</summary>
    public const string Slugs = "slug";

    /// <summary>Ids of SKUs.</summary>
    public const string Variants = "variant";

    /// <summary>SKUs by their names.</summary>
    public const string Skus = "sku";

    /// <summary>Ids of categories.</summary>
    public const string Categories = "category";

    /// <summary>Slugs of categories.</summary>
    public const string CategorySlugs = "category-slug";

    /// <summary>How many there are.</summary>
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    public Task<long> CountAsync(CancellationToken cancel) =>
        database.Primary.ScalarAsync<long>(
            $"""
            select 2 * ((select count(*) from catalog.product) + (select count(*) from catalog.product_variant)
                + (select count(*) from catalog.category))
            """,
            cancel
        );

    /// <summary>All that are committed when it begins.</summary>
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            Select(
                Sql.Raw("catalog.product"),
                Sql.Raw("catalog.product_variant"),
                Sql.Raw("catalog.category")
            ),
            row => row.GetString(0),
            cancel
        );

    /// <summary>Those of some products, with their SKUs, and of some categories.</summary>
    internal Task<List<string>> OfAsync(CatalogChange change, CancellationToken cancel)
    {
        var products = Sql.Value(change.Products.Select(id => id.Value).ToArray());
        var categories = Sql.Value(change.Categories.Select(id => id.Value).ToArray());
        return database.Primary.ListAsync(
            Select(
                Sql.Part($"catalog.product where id = any({products})"),
                Sql.Part($"catalog.product_variant where product_id = any({products})"),
                Sql.Part($"catalog.category where id = any({categories})")
            ),
            row => row.GetString(0),
            cancel
        );
    }

    private static SqlText Select(SqlText products, SqlText variants, SqlText categories) =>
        Sql.Part(
            $"""
            select '{Sql.Raw(Products)}:' || id from {products} union all
            select '{Sql.Raw(Slugs)}:' || slug from {products} union all
            select '{Sql.Raw(Variants)}:' || id from {variants} union all
            select '{Sql.Raw(Skus)}:' || sku from {variants} union all
            select '{Sql.Raw(Categories)}:' || id from {categories} union all
            select '{Sql.Raw(CategorySlugs)}:' || slug from {categories}
            """
        );
}
