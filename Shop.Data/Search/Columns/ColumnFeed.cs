using Npgsql;
using Shop.Data.Catalog.Messages;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Columns;

/// <summary>Reads products out of the index for the columns; one statement.</summary>
internal static class ColumnFeed
{
    /// <summary>How many columns it reads.</summary>
    public const int Columns = 10;

    /// <summary>Those products that a condition of <c>p</c> holds for.</summary>
    public static SqlText Of(SqlText condition) => Of(condition, Sql.Raw(""));

    /// <summary>The same with more columns behind, each after a comma.</summary>
    public static SqlText Of(SqlText condition, SqlText more) =>
        Sql.Part(
            $"""
            select p.product_id, p.slug, p.title, p.popularity, p.created_at, p.updated_at, p.brand, p.tags,
                coalesce(c.path, array[]::bigint[]), coalesce(v.skus, '[]')
                {more}
            from search.product p
            left join search.category c using (category_id)
            left join lateral (
                select jsonb_agg(jsonb_build_object(
                    'id', s.variant_id, 'priceMinor', s.price_minor, 'currency', s.currency,
                    'available', coalesce(k.available, 0), 'options', s.options)
                    order by s.position, s.variant_id) as skus
                from search.sku s left join search.stock k using (variant_id)
                where s.product_id = p.product_id and p.is_searchable) v on true
            where {condition}
            """
        );

    /// <summary>Reads a row of it.</summary>
    public static ColumnProduct Read(NpgsqlDataReader row) =>
        new(
            new(row.GetInt64(0)),
            [
                .. row.GetFieldValue<long[]>(8).Select(id => FacetTerm.Of(new CategoryId(id))),
                .. row.GetValue(6) is string brand
                    ? [new(new(FacetKind.Brand), brand)]
                    : Array.Empty<FacetTerm>(),
                .. row.GetFieldValue<string[]>(7).Select(tag => new FacetTerm(new(FacetKind.Tag), tag)),
            ],
            [.. StoredJson.Read<IReadOnlyList<StoredSku>>(row.GetString(9)).Select(sku => sku.ForColumns())]
        )
        {
            Facts = new(
                row.GetString(1),
                Folding.Of(row.GetString(2)),
                row.GetInt16(3),
                row.GetFieldValue<DateTimeOffset>(4),
                row.GetFieldValue<DateTimeOffset>(5)
            ),
        };

    private sealed record StoredSku(
        VariantId Id,
        long PriceMinor,
        string Currency,
        int Available,
        IReadOnlyList<OptionDocument> Options
    )
    {
        // Of a currency there is one text for all SKUs.
        public ColumnSku ForColumns() =>
            new(
                Id,
                new(PriceMinor, string.Intern(Currency)),
                Available,
                [.. Options.Select(option => new FacetTerm(new(FacetKind.Option, option.Name), option.Value))]
            );
    }
}
