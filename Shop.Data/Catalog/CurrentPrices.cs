using Npgsql;

namespace Shop.Data.Catalog;

/// <summary>A SKU as it is sold now.</summary>
/// <param name="Id">The SKU.</param>
/// <param name="Sku">What the seller calls it.</param>
/// <param name="Title">Of the product and the variant, as an order shows it.</param>
/// <param name="Price">Of one unit.</param>
public sealed record PricedVariant(VariantId Id, string Sku, string Title, Money Price);

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
            select v.id, v.sku, v.title, p.title, v.price_minor, v.currency
            from catalog.product_variant v
            join catalog.product p on p.id = v.product_id
            where v.id = any({Sql.Column(variants, variant => variant.Value)})
              and p.status = '{active}' and v.retired_at is null
            """,
            row => new PricedVariant(
                new(row.GetInt64(0)),
                row.GetString(1),
                FullTitle(product: row.GetString(3), variant: row.GetString(2)),
                new(row.GetInt64(4), row.GetString(5))
            ),
            CancellationToken.None
        );
        return prices.ToDictionary(variant => variant.Id);
    }

    // A product without options has one variant, of the same title.
    private static string FullTitle(string product, string variant) =>
        variant == product ? variant : $"{product}, {variant}";
}
