using Npgsql;
using Shop.Data.Catalog.Prices;

namespace Shop.Data.Catalog;

/// <summary>A SKU as it is sold now.</summary>
/// <param name="Id">The SKU.</param>
/// <param name="Sku">What the seller calls it.</param>
/// <param name="Title">Of the product and the variant, as an order shows it.</param>
/// <param name="Prices">What it can cost.</param>
/// <param name="Traits">What tells it from others.</param>
public sealed record PricedVariant(
    VariantId Id,
    string Sku,
    string Title,
    VariantPrices Prices,
    VariantTraits Traits
);

/// <summary>
/// What SKUs cost at this moment, for checkouts. Those that check out at the same moment, such as the buyers of a flash
/// sale, share one statement. Reads the primary: a price that was changed is charged at once.
/// </summary>
public sealed class CurrentPrices
{
    private readonly NpgsqlDataSource _primary;
    private readonly TimeProvider _clock;
    private readonly SharedReads<VariantId, PricedVariant> _reads;

    /// <param name="database">Catalog's.</param>
    /// <param name="clock">What is over is not read.</param>
    public CurrentPrices(Database<CatalogDb> database, TimeProvider clock)
    {
        (_primary, _clock) = (database.WarmPrimary, clock);
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
        var now = Sql.Value(_clock.GetUtcNow());
        // A row for each price that a SKU can have by a list; one where there is none.
        var rows = await _primary.ListAsync(
            $"""
            select v.id, v.sku, v.title, p.title, v.price_minor, v.compare_at_minor, v.currency,
                p.id, c.path, p.tags, p.brand,
                l.id, l.group_key, l.currency, l.priority, l.pick, l.starts_at, l.ends_at,
                x.min_units, x.amount_minor, x.compare_at_minor, x.starts_at, x.ends_at, p.tax_class,
                v.weight_grams, v.requires_shipping
            from catalog.product_variant v
            join catalog.product p on p.id = v.product_id
            left join catalog.category c on c.id = p.category_id
            left join (
                catalog.price x
                join catalog.price_list l on l.id = x.list_id and (l.ends_at is null or l.ends_at > {now}))
                on x.variant_id = v.id and (x.ends_at is null or x.ends_at > {now})
            where v.id = any({Sql.Column(variants, variant => variant.Value)})
              and p.status = '{active}' and v.retired_at is null
            """,
            row => (Variant: VariantOf(row), Candidate: CandidateOf(row)),
            CancellationToken.None
        );
        return rows.GroupBy(row => row.Variant.Id, (_, same) => WithPrices([.. same]))
            .ToDictionary(variant => variant.Id);
    }

    private static PricedVariant WithPrices((PricedVariant Variant, PriceCandidate? Candidate)[] rows)
    {
        var variant = rows[0].Variant;
        return rows[0].Candidate is null
            ? variant
            : variant with
            {
                Prices = new(variant.Prices.Own, [.. rows.Select(row => row.Candidate!)]),
            };
    }

    private static PricedVariant VariantOf(NpgsqlDataReader row)
    {
        var currency = row.GetString(6);
        return new(
            new(row.GetInt64(0)),
            row.GetString(1),
            FullTitle(product: row.GetString(3), variant: row.GetString(2)),
            new(
                new(
                    new(row.GetInt64(4), currency),
                    row.GetFieldValue<long?>(5) is { } before ? new Money(before, currency) : null
                ),
                []
            ),
            new(
                new(row.GetInt64(0)),
                new(row.GetInt64(7)),
                row.IsDBNull(8)
                    ? []
                    : Array.ConvertAll(row.GetFieldValue<long[]>(8), id => new CategoryId(id)),
                row.GetFieldValue<string[]>(9),
                row.IsDBNull(10) ? null : row.GetString(10),
                row.IsDBNull(23) ? null : row.GetString(23),
                row.GetInt32(24),
                row.GetBoolean(25)
            )
        );
    }

    private static PriceCandidate? CandidateOf(NpgsqlDataReader row) =>
        row.IsDBNull(11)
            ? null
            : new(
                new()
                {
                    Id = new(row.GetInt64(11)),
                    // Nobody is told it here.
                    Title = "",
                    Group = row.IsDBNull(12) ? null : row.GetString(12),
                    Currency = row.GetString(13),
                    Priority = row.GetInt32(14),
                    Pick = Enum.Parse<PriceListPick>(row.GetString(15)),
                    StartsAt = row.GetFieldValue<DateTimeOffset?>(16),
                    EndsAt = row.GetFieldValue<DateTimeOffset?>(17),
                },
                row.GetInt32(18),
                row.GetInt64(19),
                row.GetFieldValue<long?>(20),
                row.GetFieldValue<DateTimeOffset?>(21),
                row.GetFieldValue<DateTimeOffset?>(22)
            );

    // A product without options has one variant, of the same title.
    private static string FullTitle(string product, string variant) =>
        variant == product ? variant : $"{product}, {variant}";
}
