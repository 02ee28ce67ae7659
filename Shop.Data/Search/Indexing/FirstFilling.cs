using Npgsql;

namespace Shop.Data.Search.Indexing;

/// <summary>
/// How far the first filling of the index is: a shop that had products before it had an index is read once, page by page. What
/// changes meanwhile comes by message, and the newer of both stays.
/// </summary>
public sealed class FirstFilling(Database<SearchDb> database)
{
    /// <summary>The product after which it goes on; null once it is done.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public Task<ProductId?> PlaceAsync(CancellationToken cancel) =>
        database.Primary.FindAsync(
            $"select filled_to from search.clock where filled_to is not null",
            row => (ProductId?)new ProductId(row.GetInt64(0)),
            cancel
        );

    /// <summary>All products up to this one are in the index; null for all there are.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public Task ReachAsync(ProductId? product, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"update search.clock set filled_to = {Sql.Value(product?.Value)} where filled_to is not null",
            cancel
        );
}
