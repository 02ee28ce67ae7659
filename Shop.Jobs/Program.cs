using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;
using Shop.Jobs;
using Shop.Jobs.Scheduling;

var builder = Host.CreateApplicationBuilder(args);

builder.UseShopLogs("shop-jobs", Outage.Is);

// It has no other way to say that it works.
builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

// A job host is one of many, unless it is told that it is alone.
builder.Configuration["Jobs:Cluster"] ??= "true";
builder.Services.AddIds().AddContexts().AddShopJobs(builder.Configuration);
using var host = builder.Build();
if (builder.Configuration.GetValue<bool>("Jobs:Cluster"))
{
    await JobCluster.PrepareAsync(builder.Configuration, CancellationToken.None);
}

await host.RunAsync();
