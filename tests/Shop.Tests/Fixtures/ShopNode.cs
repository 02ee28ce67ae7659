using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Fixtures;

/// <summary>One web server of a shop, as the program starts it, over the stores of a fixture. There can be several.</summary>
internal sealed class ShopNode : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly WebApplication _app;

    private ShopNode(WebApplication app, LogLines log) => (_app, Log) = (app, log);

    /// <summary>What it has logged.</summary>
    public LogLines Log { get; }

    /// <summary>Where it serves the schema.</summary>
    public Uri Address => new(_app.Urls.Single() + "/graphql");

    /// <summary>A singleton of this node.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The same, of those that differ by a key.</summary>
    public T GetKeyed<T>(object key)
        where T : notnull => _app.Services.GetRequiredKeyedService<T>(key);

    /// <param name="shop">Whose stores it shares.</param>
    /// <param name="settings">Where it differs from the defaults.</param>
    public static Task<ShopNode> StartAsync(
        ShopFixture shop,
        params (string Name, string Value)[] settings
    ) => StartAsync(shop, TimeProvider.System, settings);

    /// <param name="shop">Whose stores it shares.</param>
    /// <param name="clock">What this node takes for the time.</param>
    /// <param name="settings">Where it differs from the defaults.</param>
    public static Task<ShopNode> StartAsync(
        ShopFixture shop,
        TimeProvider clock,
        params (string Name, string Value)[] settings
    ) => StartAsync(shop.Postgres, shop.Redis, clock, settings);

    /// <param name="postgres">Its connection string.</param>
    /// <param name="redis">Its connection string.</param>
    /// <param name="clock">What this node takes for the time.</param>
    /// <param name="settings">Where it differs from the defaults.</param>
    public static async Task<ShopNode> StartAsync(
        string postgres,
        string redis,
        TimeProvider clock,
        params (string Name, string Value)[] settings
    )
    {
        var builder = WebApplication.CreateBuilder();
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ConnectionStrings:Shop"] = postgres;
        builder.Configuration["ConnectionStrings:Redis"] = redis;
        builder.Configuration["Accounts:KeySecret"] = ShopHost.KeySecret;
        builder.Configuration["Jobs:InProcess"] = "false";
        builder.Configuration["Operations:Port"] = "0";
        builder.Configuration["GraphQL:Transport:FarewellFor"] = "00:00:00";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Host.ConfigureContainer<IServiceCollection>(
            (_, services) => services.ShareSchemas().Replace(ServiceDescriptor.Singleton(clock))
        );
        var node = new ShopNode(Shop.GraphQL.Host.Program.Build(builder), log);
        await node._app.StartAsync();
        return node;
    }

    /// <summary>The data of an operation that must have no errors.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var response = await _client.PostAsJsonAsync(Address, new { query, variables });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
