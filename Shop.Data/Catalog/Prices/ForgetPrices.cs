namespace Shop.Data.Catalog.Prices;

/// <summary>
/// Retention: removes prices that no prior price is found by any more. What counted within the last 30 days stays, so the last price
/// before them; and, for as long as a reduction runs, its first price and what was before.
/// </summary>
public sealed class ForgetPrices(Database<CatalogDb> database, TimeProvider clock)
{
    // Rows of one call.
    private const int Most = 5_000;

    /// <returns>How many rows went; zero when nothing is left to remove.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var before = Sql.Value(clock.GetUtcNow() - PricePoint.Window);
        return database.Primary.ScalarAsync<int>(
            $"""
            with gone as (
                delete from catalog.price_history where id in (
                    select h.id from catalog.price_history h
                    join catalog.product_variant v on v.id = h.variant_id
                    where h.at < {before}
                      and exists (
                        select from catalog.price_history n
                        where n.variant_id = h.variant_id and n.id > h.id and n.at <= {before})
                      and (v.compare_at_minor is null or h.compare_at_minor is not null and (
                        select p.compare_at_minor is not null from catalog.price_history p
                        where p.variant_id = h.variant_id and p.id < h.id order by p.id desc limit 1))
                    limit {Sql.Value(Most)})
                returning 1)
            select count(*)::int from gone
            """,
            cancel
        );
    }
}
