using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Shop.Data.Accounts;
using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs.Scheduling;

var builder = Host.CreateApplicationBuilder(args);

// A job host is one of many, unless it is told that it is alone.
builder.Configuration["Jobs:Cluster"] ??= "true";
builder
    .Services.AddIds()
    .AddAccountRetention()
    .AddCatalog()
    .AddCarts()
    .AddInventory()
    .AddOrders()
    .AddShopJobs(builder.Configuration);
using var host = builder.Build();
if (builder.Configuration.GetValue<bool>("Jobs:Cluster"))
{
    await JobCluster.PrepareAsync(builder.Configuration, CancellationToken.None);
}

await host.RunAsync();
