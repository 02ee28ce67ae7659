using GraphQL;
using GraphQL.DataLoader;
using Shop.Data.Inventory;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Loading;
using Shop.GraphQL.Schema;

namespace Shop.GraphQL.Inventory;

/// <summary>Inventory's field on Catalog's type: the only way a context reaches into another's type.</summary>
internal sealed class VariantAvailability(LoaderContext loaders)
{
    /// <summary>What can be sold now.</summary>
    [Public(StockAnnouncements.Channel)]
    public IDataLoaderResult<Availability> Availability([FromSource] ProductVariant variant) =>
        loaders.Get<AvailabilityByVariant>().Of(variant.Id);
}

/// <summary>What Inventory adds to the graph.</summary>
internal sealed class InventoryModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph.Extend<ProductVariant, VariantAvailability>().Subscription<StockSubscriptions>();
}
