using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>Registers Inventory.</summary>
public static class InventoryServices
{
    /// <summary>Its database and its verbs.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services) =>
        services
            .AddSettings<InventoryOptions>(InventoryOptions.Section)
            .AddDatabase<InventoryDb>()
            .AddLocalMessages<InventoryDb>()
            .AddSingleton<StockAnnouncements>()
            .AddSingleton<OpenStock>()
            .AddSingleton<TakeCounts>()
            .AddSingleton<DeductStock>()
            .AddSingleton<RestockOrders>()
            .AddSingleton<StockFeed>()
            .AddSingleton<StockConsistency>()
            .AddSingleton<StockChange>()
            .AddSingleton<SetStock>()
            .AddSingleton<AdjustStock>()
            .AddIdempotencyKeys<InventoryDb>()
            .AddAuditBook<InventoryDb>();
}
