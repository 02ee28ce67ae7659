using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog;

/// <summary>The lowest that a SKU cost by itself in the 30 days before the reduction began that runs.</summary>
internal sealed record PriorPrice(long VariantId, long PriceMinor, string Currency)
{
    /// <summary>As an amount.</summary>
    public Money Price => new(PriceMinor, Currency);
}

/// <summary>What reduced SKUs cost before; absent where one is not reduced, or was from its first day on.</summary>
internal sealed class PriorPriceByVariant(Reads<CatalogDb> reads)
    : RowLoader<CatalogDb, VariantId, PriorPrice>(reads, prior => new(prior.VariantId))
{
    /// <inheritdoc />
    protected override IQueryable<PriorPrice> Rows(CatalogDb db, IReadOnlyList<VariantId> keys)
    {
        var variants = keys.Select(key => key.Value).ToArray();
        var days = PricePoint.Window;
        // A reduction began with the first point after the last one that was not reduced. A price counted until the next one began.
        return db.Database.SqlQuery<PriorPrice>(
            $"""
            select v.id as variant_id, lowest.price_minor, began.currency
            from unnest({variants}) as v(id)
            cross join lateral (
                select max(id) as id from catalog.price_history
                where variant_id = v.id and compare_at_minor is null) as full_price
            cross join lateral (
                select id, at, currency from catalog.price_history
                where variant_id = v.id and id > full_price.id order by id limit 1) as began
            cross join lateral (
                select min(price_minor) as price_minor from (
                    select price_minor, currency, lead(at) over (order by id) as until from catalog.price_history
                    where variant_id = v.id and id <= began.id) as price
                where until > began.at - {days} and currency = began.currency) as lowest
            where lowest.price_minor is not null
            """
        );
    }
}
