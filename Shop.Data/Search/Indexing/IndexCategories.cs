using Npgsql;
using Shop.Data.Catalog.Messages;

namespace Shop.Data.Search.Indexing;

/// <summary>Reads categories from where they are kept, as they are now.</summary>
public delegate Task<IReadOnlyList<CategoryDocument>> ReadCategories(CancellationToken cancel);

/// <summary>
/// Copies categories into the index. Their titles are words of the products below them, which have to be written anew:
/// <see cref="ProductsBelowAsync"/> says which.
/// </summary>
public sealed class IndexCategories(Database<SearchDb> database)
{
    /// <param name="read">Is asked for them while no other writer is.</param>
    /// <param name="cancel">Ends it; nothing was written then.</param>
    /// <returns>Those that were read.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<CategoryId>> RunAsync(ReadCategories read, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Revision.NextAsync(connection, cancel);
        var categories = await read(cancel);
        await connection.ExecuteAsync(
            $"""
            insert into search.category (category_id, path, title)
            select id, path::bigint[], title from unnest(
                {Sql.Column(categories, category => category.Id.Value)},
                {Sql.Column(
                categories,
                category => $"{{{string.Join(',', category.Path.Select(id => id.Value))}}}"
            )},
                {Sql.Column(categories, category => category.Title)}) as c(id, path, title)
            on conflict (category_id) do update set path = excluded.path, title = excluded.title
            """,
            cancel
        );
        // The products below are read again by who calls, with revisions of their own.
        await Revision.TouchAsync(connection, Sql.Raw("array[]::bigint[]"), cancel);
        await transaction.CommitAsync(cancel);
        return [.. categories.Select(category => category.Id)];
    }

    /// <summary>The next products by id that stand right in one of these categories; empty after the last.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<ProductId>> ProductsBelowAsync(
        IReadOnlyCollection<CategoryId> categories,
        ProductId after,
        int limit,
        CancellationToken cancel
    ) =>
        await database.Primary.ListAsync(
            $"""
            select product_id from search.product
            where category_id = any({Sql.Column(categories, category => category.Value)})
              and product_id > {Sql.Value(after.Value)}
            order by product_id limit {Sql.Value(limit)}
            """,
            row => new ProductId(row.GetInt64(0)),
            cancel
        );
}
