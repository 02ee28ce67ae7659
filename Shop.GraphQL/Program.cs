using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs;

namespace Shop.GraphQL;

/// <summary>Puts the shop together: the one place that knows every context, and the jobs.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        AddShop(builder.Services);
        await builder.Build().RunAsync();
        return 0;
    }

    /// <summary>All that the shop is made of; needs <c>IConfiguration</c>. The tests start from this, too.</summary>
    public static void AddShop(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddRedis().AddIds().AddCatalog().AddInventory().AddCarts().AddOrders().AddShopJobs();
    }
}
