using Npgsql;

namespace Shop.Data.Catalog;

/// <summary>A SKU as it is sold now.</summary>
/// <param name="Id">The SKU.</param>
/// <param name="Sku">What the seller calls it.</param>
/// <param name="Title">Of the product and the variant, as an order shows it.</param>
/// <param name="Price">Of one unit.</param>
/// <param name="Traits">What tells it from others.</param>
public sealed record PricedVariant(VariantId Id, string Sku, string Title, Money Price, VariantTraits Traits);

/// <summary>
/// What SKUs cost at this moment, for checkouts. Those that check out at the same moment, such as the buyers of a flash
/// sale, share one statement. Reads the primary: a price that was changed is charged at once.
/// </summary>
public sealed class CurrentPrices
{
    private readonly NpgsqlDataSource _primary;
    private readonly SharedReads<VariantId, PricedVariant> _reads;

    /// <param name="database">Catalog's.</param>
    public CurrentPrices(Database<CatalogDb> database)
    {
        _primary = database.WarmPrimary;
        _reads = new(ReadAsync);
    }

    /// <summary>Those of these SKUs that shoppers can buy; others may be in it, too.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public Task<IReadOnlyDictionary<VariantId, PricedVariant>> ReadAsync(
        IReadOnlyCollection<VariantId> variants,
        CancellationToken cancel
    ) => _reads.ReadAllAsync(variants, cancel);

    private async Task<IReadOnlyDictionary<VariantId, PricedVariant>> ReadAsync(
        IReadOnlyCollection<VariantId> variants
    )
    {
        var active = Sql.Raw(nameof(ProductStatus.Active));
        var prices = await _primary.ListAsync(
            $"""
            select v.id, v.sku, v.title, p.title, v.price_minor, v.currency, p.id, c.path, p.tags, p.brand
            from catalog.product_variant v
            join catalog.product p on p.id = v.product_id
            left join catalog.category c on c.id = p.category_id
            where v.id = any({Sql.Column(variants, variant => variant.Value)})
              and p.status = '{active}' and v.retired_at is null
            """,
            row => new PricedVariant(
                new(row.GetInt64(0)),
                row.GetString(1),
                FullTitle(product: row.GetString(3), variant: row.GetString(2)),
                new(row.GetInt64(4), row.GetString(5)),
                TraitsOf(row)
            ),
            CancellationToken.None
        );
        return prices.ToDictionary(variant => variant.Id);
    }

    private static VariantTraits TraitsOf(NpgsqlDataReader row) =>
        new(
            new(row.GetInt64(0)),
            new(row.GetInt64(6)),
            row.IsDBNull(7) ? [] : Array.ConvertAll(row.GetFieldValue<long[]>(7), id => new CategoryId(id)),
            row.GetFieldValue<string[]>(8),
            row.IsDBNull(9) ? null : row.GetString(9)
        );

    // A product without options has one variant, of the same title.
    private static string FullTitle(string product, string variant) =>
        variant == product ? variant : $"{product}, {variant}";
}
