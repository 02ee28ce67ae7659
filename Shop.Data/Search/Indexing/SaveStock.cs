using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Search.Indexing;

/// <summary>
/// Copies levels of stock into the index, and counts what sells. The newest level of a SKU stays, in whatever order they come:
/// what is delivered twice needs no inbox.
/// </summary>
public sealed class SaveStock(Database<SearchDb> database)
{
    /// <summary>All that was told, in one statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public Task RunAsync(IReadOnlyList<Delivered<StockMoved>> told, CancellationToken cancel) =>
        RunAsync([.. told.SelectMany(message => message.Body.Levels)], cancel);

    /// <param name="levels">A SKU may be among them several times. What is older than what the index has is left out.</param>
    /// <param name="cancel">Ends it; nothing was written then.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task RunAsync(IReadOnlyCollection<VariantLevel> levels, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Revision.NextAsync(connection, cancel);
        await connection.ExecuteAsync(
            $"""
            insert into search.stock as s (variant_id, available, version, sold_lately)
            select t.variant_id, (array_agg(t.available order by t.version desc))[1], max(t.version), sum(t.sold)
            from unnest(
                {Sql.Column(levels, level => level.VariantId.Value)}, {Sql.Column(
                levels,
                level => level.Available
            )},
                {Sql.Column(levels, level => level.Version)}, {Sql.Column(levels, level => level.Sold)}
            ) as t(variant_id, available, version, sold)
            left join search.stock k using (variant_id)
            where t.version > coalesce(k.version, 0)
            group by t.variant_id
            on conflict (variant_id) do update set
                available = excluded.available, version = excluded.version,
                sold_lately = greatest(0, s.sold_lately + excluded.sold_lately)
            """,
            cancel
        );
        await Revision.TouchAsync(
            connection,
            Sql.Part(
                $"""
                array(
                    select distinct product_id from search.sku
                    where variant_id = any({Sql.Column(levels, level => level.VariantId.Value)}))
                """
            ),
            cancel
        );
        await transaction.CommitAsync(cancel);
    }
}
