using Shop.Data.Catalog;
using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;

namespace Shop.Jobs.Catalog;

/// <summary>
/// Has caches forget what has changed, and know what is new, also where whoever changed it was killed before it could say so, or
/// Redis was away. Repeated, it costs reads alone.
/// </summary>
public sealed class ForgetChanged(CatalogAnnouncements announcements)
{
    /// <summary>Products, with their SKUs.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<ProductsChanged>> told, CancellationToken cancel) =>
        announcements.ForgetAsync(
            new() { Products = [.. told.SelectMany(message => message.Body.Products).Distinct()] },
            cancel
        );

    /// <summary>Categories.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<CategoriesChanged>> told, CancellationToken cancel) =>
        announcements.ForgetAsync(
            new() { Categories = [.. told.SelectMany(message => message.Body.Categories).Distinct()] },
            cancel
        );

    /// <summary>All SKUs, which are read with their prices.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<PriceListsChanged>> _, CancellationToken cancel) =>
        announcements.ForgetAsync(new() { HasPrices = true }, cancel);
}
