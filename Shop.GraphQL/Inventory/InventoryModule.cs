using System.Globalization;
using Shop.Data.Inventory;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>Inventory's fields on Catalog's type: the only way a context reaches into another's type.</summary>
internal sealed class VariantAvailability(LoaderContext loaders)
{
    /// <summary>What can be sold now.</summary>
    [Public(StockAnnouncements.Channel)]
    public IDataLoaderResult<Availability> Availability([FromSource] ProductVariant variant) =>
        loaders.Get<AvailabilityByVariant>().Of(variant.Id);

    /// <summary>How much there is of it, and how that came about.</summary>
    [Staff(StaffRole.Stock)]
    public IDataLoaderResult<Stock> Stock([FromSource] ProductVariant variant) =>
        loaders.Get<StockByVariant>().Of(variant.Id);
}

/// <summary>What Inventory adds to the graph.</summary>
internal sealed class InventoryModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph)
    {
        graph
            .Id<StockMovementId>("StockMovement", Write, Read)
            .Type<InsufficientStock>()
            .Extend<Product, SkuSummaryOfProduct>()
            .Extend<ProductVariant, VariantAvailability>()
            .Mutation<StockMutations>()
            .Subscription<StockSubscriptions>();
        if (graph.Audience == Audience.Staff)
        {
            // Shoppers never come across it.
            graph.Type<StockChanged>();
        }
    }

    private static string Write(StockMovementId id) =>
        string.Create(CultureInfo.InvariantCulture, $"{id.Variant.Value}-{id.Line}");

    private static StockMovementId? Read(string key) =>
        key.Split('-') is [var variant, var line]
        && long.TryParse(variant, NumberStyles.None, CultureInfo.InvariantCulture, out var sku)
        && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new(sku), number)
            : null;
}
