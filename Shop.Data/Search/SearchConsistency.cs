using Npgsql;

namespace Shop.Data.Search;

/// <summary>A product as the index has it, to be compared.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">Catalog's.</param>
/// <param name="IsSearchable">Whether it is found.</param>
/// <param name="Prices">What its SKUs cost, in minor units, by SKU.</param>
/// <param name="Available">Units of its SKUs; of one that was never counted, none.</param>
public sealed record IndexedState(
    ProductId Id,
    int Version,
    bool IsSearchable,
    IReadOnlyDictionary<VariantId, long> Prices,
    IReadOnlyDictionary<VariantId, int> Available
);

/// <summary>What a verification of the shop reads of the index. Reads the primary.</summary>
public sealed class SearchConsistency(Database<SearchDb> database)
{
    /// <summary>Whether all products were read once; before, many are missing, and that is no fault.</summary>
    public async Task<bool> IsFilledAsync(CancellationToken cancel) =>
        await database.Primary.ScalarAsync<bool>($"select filled_to is null from search.clock", cancel);

    /// <summary>These products as the index has them; those that it has not are left out.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyDictionary<ProductId, IndexedState>> ReadAsync(
        IReadOnlyCollection<ProductId> products,
        CancellationToken cancel
    )
    {
        var rows = await database.Primary.ListAsync(
            $"""
            select p.product_id, p.version, p.is_searchable,
                coalesce(array_agg(s.variant_id order by s.variant_id) filter (where s.variant_id is not null), array[]::bigint[]),
                coalesce(array_agg(s.price_minor order by s.variant_id) filter (where s.variant_id is not null), array[]::bigint[]),
                coalesce(array_agg(coalesce(k.available, 0) order by s.variant_id) filter (where s.variant_id is not null), array[]::int[])
            from search.product p
            left join search.sku s using (product_id)
            left join search.stock k using (variant_id)
            where p.product_id = any({Sql.Column(products, product => product.Value)})
            group by p.product_id
            """,
            State,
            cancel
        );
        return rows.ToDictionary(row => row.Id);
    }

    private static IndexedState State(NpgsqlDataReader row)
    {
        VariantId[] skus = [.. row.GetFieldValue<long[]>(3).Select(VariantId.From)];
        return new(
            new(row.GetInt64(0)),
            row.GetInt32(1),
            row.GetBoolean(2),
            skus.Zip(row.GetFieldValue<long[]>(4)).ToDictionary(),
            skus.Zip(row.GetFieldValue<int[]>(5)).ToDictionary()
        );
    }
}
