using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shop.Data.Cache;
using Shop.Data.Carts;
using Shop.Data.Payments;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;
using Shop.GraphQL.Host.Embedded.Redis;
using Shop.GraphQL.Transport.Http;
using Shop.GraphQL.Transport.Origins;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>A builder of the host, before anything is registered: where it listens, and where its stores are.</summary>
internal static class ShopBuilder
{
    private const int DefaultPort = 5000;

    /// <summary>Reads the settings. It listens on this machine only, unless it is told where else.</summary>
    /// <exception cref="CannotStartException"><c>SHOP_PORT</c> is no port.</exception>
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
        builder.UseShopLogs("shop-web", Outage.Is);
        // Where the standard settings of ASP.NET say where to listen, that is where.
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            var port = PortOf(builder.Configuration["SHOP_PORT"]);
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        }

        ListenForOperators(builder);
        if (!HasStores(builder.Configuration))
        {
            // Who sends traces somewhere from a shop on their desk looks at each.
            builder.Configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Ratio)}"] ??= "1";
        }

        return builder;
    }

    // Beside what is for clients, wherever that is. An embedded shop has no such port unless it is told.
    private static void ListenForOperators(WebApplicationBuilder builder)
    {
        if (!HasStores(builder.Configuration))
        {
            builder.Configuration[$"{OperationsOptions.Section}:{nameof(OperationsOptions.Port)}"] ??= "0";
        }

        var port = TelemetryServices.PortOf(builder.Configuration);
        if (port != 0 && builder.Configuration["urls"] is { } urls)
        {
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"{urls};http://*:{port}"));
        }
        else if (port != 0)
        {
            var ports = builder.Configuration["http_ports"];
            builder.WebHost.UseSetting(
                "http_ports",
                string.Create(CultureInfo.InvariantCulture, $"{ports};{port}")
            );
        }
    }

    private static bool HasStores(ConfigurationManager settings) =>
        settings.GetSection("ConnectionStrings").GetChildren().Any();

    /// <summary>Starts stores of its own and points the host to them.</summary>
    /// <returns>Null where connection strings say that the stores are somewhere else.</returns>
    /// <exception cref="CannotStartException">They do not start, or the shop could not listen; the message says what helps.</exception>
    public static async Task<EmbeddedStores?> OwnStoresAsync(
        WebApplicationBuilder builder,
        string home,
        Steps steps,
        CancellationToken cancel
    )
    {
        NeedAddresses(builder.Configuration);
        await SettingsCheck.NeedAsync(builder.Configuration);
        if (HasStores(builder.Configuration))
        {
            return null;
        }

        await steps.SayAsync($"The shop opens in {home}");
        var stores = await EmbeddedStores.StartAsync(home, steps, cancel);
        Use(builder, home, stores.Postgres, stores.Redis);
        builder.Services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<PostgresWatch>(provider, stores.PostgresServer)
        );
        builder.Services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<RedisWatch>(provider, stores.RedisServer)
        );
        LetInPagesOfThisMachine(builder.Configuration);
        builder.Services.AddSingleton<AwaitRedisLog>(stores.RedisWrittenAsync);
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

    private static int PortOf(string? told) =>
        told is null or "" ? DefaultPort
        : ushort.TryParse(told, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
        : throw new CannotStartException(
            $"SHOP_PORT is {told}; it has to be a number from 1 to {ushort.MaxValue}."
        );

    // Asked before anything is started; a program that takes a port after that is found when the shop opens.
    private static void NeedAddresses(ConfigurationManager settings)
    {
        var ports = (settings["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        foreach (
            var address in (settings["urls"] ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Concat(settings["urls"] is null ? ports.Select(port => $"http://*:{port}") : [])
        )
        {
            try
            {
                Need(BindingAddress.Parse(address));
            }
            catch (FormatException fault)
            {
                throw new CannotStartException(
                    $"The shop cannot listen at {address}: {fault.Message}",
                    fault
                );
            }
        }
    }

    private static void Need(BindingAddress address)
    {
        // Zero is any that is free.
        if (address.IsUnixPipe || address.Port == 0)
        {
            return;
        }

        try
        {
            using var probe = new TcpListener(
                address.Host == "localhost" ? IPAddress.Loopback
                    : IPAddress.TryParse(address.Host, out var ip) ? ip
                    : IPAddress.Any,
                address.Port
            );
            probe.Start();
        }
        catch (SocketException fault)
        {
            throw new CannotStartException(
                fault.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"Something else listens on port {address.Port}. Another port: SHOP_PORT=5001 ./shop run"
                    : $"The shop cannot listen on port {address.Port}: {fault.Message}. Another port: SHOP_PORT=5001 ./shop run",
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

    // A developer's shop: whoever tries it pays on a page of its own.
    private static void TakePaymentsWithoutMoney(ConfigurationManager settings)
    {
        settings[$"{PaymentOptions.Section}:{nameof(PaymentOptions.Production)}"] ??= "false";
        settings[$"{PaymentOptions.Section}:{nameof(PaymentOptions.Sandbox)}"] ??= "true";
        settings[$"{PaymentOptions.Section}:{nameof(PaymentOptions.PublicAddress)}"] ??= settings["urls"]
            ?.Split(';')[0];
    }

    private static void Use(WebApplicationBuilder builder, string home, string postgres, string redis)
    {
        builder.Configuration[KeySecret.Setting] ??= KeySecret.Of(home);
        builder.Configuration["ConnectionStrings:Shop"] = postgres;
        builder.Configuration["ConnectionStrings:Redis"] = redis;
        // No other host takes its place, and a developer who presses Ctrl-C waits for nothing.
        builder.Configuration[$"{TransportOptions.Section}:{nameof(TransportOptions.FarewellFor)}"] ??=
            "00:00:00";
        // It is one node.
        builder.Configuration[$"{CacheOptions.Section}:{nameof(CacheOptions.Redis)}"] ??= "false";
        TakePaymentsWithoutMoney(builder.Configuration);
    }
}
