using Npgsql;
using Shop.Data.Catalog.Messages;

namespace Shop.Data.Catalog;

/// <summary>
/// The catalogue as other contexts copy it. Reads the primary: a document is at least as new as the message for which it is read.
/// </summary>
public sealed class ProductFeed(Database<CatalogDb> database)
{
    /// <summary>These products, whatever their status. One statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<ProductDocument>> ReadAsync(
        IReadOnlyCollection<ProductId> products,
        CancellationToken cancel
    ) =>
        await database.Primary.ListAsync(
            $"""
            select p.id, p.version, p.status = 'Active', p.slug, p.code, p.title, p.description, p.brand, p.category_id,
                p.tags, p.created_at, p.updated_at, coalesce(v.variants, '[]')
            from catalog.product p
            left join lateral (
                select jsonb_agg(jsonb_build_object(
                    'id', id, 'sku', sku, 'options', selected_options, 'priceMinor', price_minor, 'currency', currency)
                    order by position, id) as variants
                from catalog.product_variant where product_id = p.id and retired_at is null) v on true
            where p.id = any({Sql.Column(products, product => product.Value)})
            """,
            Document,
            cancel
        );

    /// <summary>The next products by id, after one of them; empty after the last.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<ProductId>> PageAsync(
        ProductId after,
        int limit,
        CancellationToken cancel
    ) =>
        await database.Primary.ListAsync(
            $"select id from catalog.product where id > {Sql.Value(after.Value)} order by id limit {Sql.Value(limit)}",
            row => new ProductId(row.GetInt64(0)),
            cancel
        );

    /// <summary>These categories and all that stand below them; all categories for null.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<CategoryDocument>> CategoriesAsync(
        IReadOnlyCollection<CategoryId>? categories,
        CancellationToken cancel
    )
    {
        var ids = Sql.Value(categories?.Select(category => category.Value).ToArray());
        return await database.Primary.ListAsync(
            $"select id, path, title from catalog.category where {ids}::bigint[] is null or path && {ids} order by id",
            row => new CategoryDocument(
                new(row.GetInt64(0)),
                [.. row.GetFieldValue<long[]>(1).Select(CategoryId.From)],
                row.GetString(2)
            ),
            cancel
        );
    }

    private static ProductDocument Document(NpgsqlDataReader row) =>
        new(
            new(row.GetInt64(0)),
            row.GetInt32(1),
            row.GetBoolean(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetValue(7) as string,
            row.GetValue(8) is long category ? new(category) : null,
            row.GetFieldValue<string[]>(9),
            row.GetFieldValue<DateTimeOffset>(10),
            row.GetFieldValue<DateTimeOffset>(11),
            StoredJson.Read<IReadOnlyList<VariantDocument>>(row.GetString(12))
        );
}
