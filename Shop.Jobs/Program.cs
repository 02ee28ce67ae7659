using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Storage.Faults;
using Shop.Data.Storage.Migrating;
using Shop.Data.Telemetry;
using Shop.Jobs;
using Shop.Jobs.Desk;
using Shop.Jobs.Scheduling;

var builder = Host.CreateApplicationBuilder(args);

builder.UseShopLogs("shop-jobs", Outage.Is);

// It has no other way to say that it works.
builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

// A job host is one of many, unless it is told that it is alone.
builder.Configuration["Jobs:Cluster"] ??= "true";
IHost host;
try
{
    builder.Services.AddIds().AddContexts().AddShopJobs(builder.Configuration);
    builder.AddOperationsPort();
    if (TraceServices.AreSent(builder.Configuration))
    {
        builder.Services.AddShopTraces(ProcessIdentity.Of("shop-jobs", builder.Configuration));
    }

    host = builder.Build();
    host.Services.GetRequiredService<IStartupValidator>().Validate();
}
catch (Exception fault) when (SettingFaults.Told(fault) is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return 1;
}

using (host)
{
    await host.Services.GetRequiredService<Tables>().AwaitAsync(CancellationToken.None);
    if (builder.Configuration.GetValue<bool>("Jobs:Cluster"))
    {
        await JobCluster.PrepareAsync(builder.Configuration, CancellationToken.None);
    }

    await host.RunAsync();
}

return 0;
