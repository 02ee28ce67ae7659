using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;

namespace Shop.Jobs.Catalog;

/// <summary>
/// Has caches forget what has changed, also where whoever changed it was killed before it could say so, or Redis was away. Repeated,
/// it costs reads alone.
/// </summary>
public sealed class ForgetChanged(CatalogAnnouncements announcements)
{
    /// <summary>Products, with their SKUs.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<ProductsChanged>> told, CancellationToken cancel) =>
        announcements.ForgetAsync(
            [.. told.SelectMany(message => message.Body.Products).Distinct().Select(Floors.Of)],
            cancel
        );

    /// <summary>All categories.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<CategoriesChanged>> _, CancellationToken cancel) =>
        announcements.ForgetAsync([Floors.Tree], cancel);

    /// <summary>All SKUs, which are read with their prices.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<PriceListsChanged>> _, CancellationToken cancel) =>
        announcements.ForgetAsync([Floors.PriceLists], cancel);
}
