using Microsoft.Extensions.Hosting;
using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Jobs;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddRedis().AddIds().AddInventory().AddOrders().AddShopJobs();
await builder.Build().RunAsync();
