using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Shop.Data.Carts;
using Shop.Data.Catalog;
using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Embedded;
using Shop.GraphQL.Http;
using Shop.GraphQL.Http.Ide;
using Shop.Jobs;

namespace Shop.GraphQL;

/// <summary>Puts the shop together: the one place that knows every context, and the jobs.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var (verb, rest) =
            args is [var first, .. var others] && !first.StartsWith('-') ? (first, others) : ("run", args);
        using var stop = new StopSignals();
        try
        {
            return verb switch
            {
                "run" => await RunAsync(rest, stop.Token),
                _ => Explain(verb),
            };
        }
        catch (CannotStartException refusal)
        {
            await Console.Error.WriteLineAsync($"\n{refusal.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>All that the shop is made of. The tests start from this, too.</summary>
    public static void AddShop(IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddRedis().AddIds().AddStoreHealth();
        services.AddCatalog().AddInventory().AddCarts().AddOrders();
        services.AddIde();
        // Job hosts can stand beside this one (Jobs:InProcess=false); by default the shop is one process.
        if (settings.GetValue("Jobs:InProcess", defaultValue: true))
        {
            services.AddShopJobs();
        }
    }

    /// <summary>The host, with everything that it answers to.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        AddShop(builder.Services, builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.UseStrictHeaders();
        app.UseWebSockets();
        app.UseIde("/graphql");
        app.MapHealth();
        return app;
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var builder = CreateBuilder(args);
        var steps = Steps.OnConsole;
        var home = ShopHome.Of(builder.Configuration);
        await using var stores = await StartStoresAsync(builder, home, steps, cancel);
        await using var app = Build(builder);

        await steps.RunAsync("Tables", () => MigrateAsync(app.Services, cancel));
        await steps.RunAsync("Jobs and endpoint", () => OpenAsync(app, cancel));

        var address = app.Urls.First();
        using var published = stores is null
            ? null
            : new RunningShop(Environment.ProcessId, address, stores.Postgres, stores.Redis).PublishIn(home);
        await steps.SayAsync(Welcome.To(address));
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = ShopHome.Clone is { } clone
                    ? Path.Combine(clone, "Shop.GraphQL")
                    : AppContext.BaseDirectory,
            }
        );
        // Whoever is told where to listen listens there; a shop on somebody's desk is nobody else's business.
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            var port = builder.Configuration.GetValue("SHOP_PORT", defaultValue: 5000);
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        }

        return builder;
    }

    // Null where connection strings say that the stores are somewhere else.
    private static async Task<EmbeddedStores?> StartStoresAsync(
        WebApplicationBuilder builder,
        string home,
        Steps steps,
        CancellationToken cancel
    )
    {
        if (builder.Configuration.GetSection("ConnectionStrings").GetChildren().Any())
        {
            return null;
        }

        await steps.SayAsync($"The shop opens in {home}");
        var stores = await EmbeddedStores.StartAsync(home, steps, cancel);
        builder.Configuration["ConnectionStrings:Shop"] = stores.Postgres;
        builder.Configuration["ConnectionStrings:Redis"] = stores.Redis;
        return stores;
    }

    private static async Task<string?> MigrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        foreach (var context in services.GetServices<IMigrate>())
        {
            await context.RunAsync(cancel);
        }

        return null;
    }

    private static async Task<string?> OpenAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
            return null;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException or SocketException)
        {
            throw new CannotStartException($"{fault.Message} Another port: SHOP_PORT=5001 ./shop run", fault);
        }
    }

    private static int Explain(string verb)
    {
        Console.Error.WriteLine($"There is no verb {verb}. Verbs: run (default).");
        return 2;
    }
}
