using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Catalog;

/// <summary>What caches shall forget.</summary>
/// <param name="Products">With their SKUs; they need not be there any more.</param>
/// <param name="Categories">One means all: what stands below it has changed with it.</param>
/// <param name="PriceLists">One means all that SKUs cost.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record ForgetCachedRequest(
    IReadOnlyCollection<ProductId> Products,
    IReadOnlyCollection<CategoryId> Categories,
    IReadOnlyCollection<PriceListId> PriceLists,
    CustomerId Actor
);

/// <summary>
/// Has all caches forget what was changed by hand in the database, and know what was put there, as a save does by itself. Repeated, it
/// costs reads, and another line of the trail.
/// </summary>
public sealed class ForgetCached(
    Database<CatalogDb> database,
    CatalogAnnouncements announcements,
    Announcer announcer,
    NewId newId,
    TimeProvider clock
)
{
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    /// <exception cref="StackExchange.Redis.RedisException">Redis is away: other nodes may show what was; send it again.</exception>
    public async Task RunAsync(ForgetCachedRequest request, CancellationToken cancel)
    {
        var trail = new AuditTrail(request.Actor, "cacheForget", clock.GetUtcNow(), newId);
        Note("Product", request.Products);
        Note("Category", request.Categories);
        Note("PriceList", request.PriceLists);
        await using (var connection = await database.Primary.OpenConnectionAsync(cancel))
        {
            await trail.WriteAsync(connection, "catalog", cancel);
        }

        await announcements.ForgetAsync(
            new()
            {
                Products = request.Products,
                Categories = request.Categories,
                HasPrices = request.PriceLists.Count > 0,
            },
            cancel
        );
        // Whole answers, too.
        await announcer.PublishAsync(CatalogAnnouncements.Channel, "changed");

        void Note<TId>(string kind, IReadOnlyCollection<TId> ids)
            where TId : struct, IRowId<TId>
        {
            foreach (var id in ids)
            {
                trail.Note(kind, id, before: null, new { CacheForgotten = true });
            }
        }
    }
}
