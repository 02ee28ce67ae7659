using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shop.Data.Storage;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>A builder of the host, before anything is registered: where it listens, and where its stores are.</summary>
internal static class ShopBuilder
{
    /// <summary>Reads the settings. It listens on this machine only, unless it is told where else.</summary>
    public static WebApplicationBuilder Create(string[] args)
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
        builder.UseShopLogs(Outage.Is);
        if (PortOf(builder.Configuration) is { } port)
        {
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        }

        return builder;
    }

    /// <summary>Starts stores of its own and points the host to them.</summary>
    /// <returns>Null where connection strings say that the stores are somewhere else.</returns>
    /// <exception cref="CannotStartException">They do not start; the message says what helps.</exception>
    public static async Task<EmbeddedStores?> OwnStoresAsync(
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

        NeedPort(builder.Configuration);
        await steps.SayAsync($"The shop opens in {home}");
        var stores = await EmbeddedStores.StartAsync(home, steps, cancel);
        Use(builder, home, stores.Postgres, stores.Redis);
        LetInPagesOfThisMachine(builder.Configuration);
        return stores;
    }

    /// <summary>Points the host to the stores of the shop that runs in this home.</summary>
    /// <returns>False if none does.</returns>
    public static bool UseStoresOfRunningShop(WebApplicationBuilder builder, string home)
    {
        if (RunningShop.Find(home) is not { } shop)
        {
            return false;
        }

        Use(builder, home, shop.Postgres, shop.Redis);
        return true;
    }

    // Null where the standard settings of ASP.NET say where to listen.
    private static int? PortOf(IConfiguration settings) =>
        settings["urls"] is null && settings["http_ports"] is null
            ? settings.GetValue("SHOP_PORT", 5000)
            : null;

    // Asked before anything is started; a program that takes the port after that is found when the shop opens.
    private static void NeedPort(IConfiguration settings)
    {
        if (PortOf(settings) is not { } port)
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException fault)
        {
            throw new CannotStartException(
                $"Something else listens on port {port}. Another port: SHOP_PORT=5001 ./shop run",
                fault
            );
        }
    }

    // Who writes a client runs it on a port of its own.
    private static void LetInPagesOfThisMachine(ConfigurationManager settings)
    {
        const string Origins = $"{OriginOptions.Section}:{nameof(OriginOptions.Origins)}";
        if (!settings.GetSection(Origins).GetChildren().Any())
        {
            settings[$"{Origins}:0"] = "http://localhost:*";
            settings[$"{Origins}:1"] = "http://127.0.0.1:*";
            settings[$"{Origins}:2"] = "http://[::1]:*";
        }
    }

    private static void Use(WebApplicationBuilder builder, string home, string postgres, string redis)
    {
        builder.Configuration[KeySecret.Setting] ??= KeySecret.Of(home);
        builder.Configuration["ConnectionStrings:Shop"] = postgres;
        builder.Configuration["ConnectionStrings:Redis"] = redis;
    }
}
