using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Tests.Fixtures;

/// <summary>
/// The whole program over real HTTP, as a client meets it: endpoint, sockets, jobs, and the clock of the world; with an
/// empty database and Redis of its own. Use it as <c>IClassFixture&lt;OpenShop&gt;</c>.
/// </summary>
public sealed class OpenShop : IAsyncLifetime
{
    private string _postgres = "";
    private RedisServer? _redis;
    private WebApplication? _app;

    /// <summary>What the shop is made of.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>A client of it, with <see cref="Address"/> as its base.</summary>
    public HttpClient Client { get; } = new();

    private WebApplication App => _app ?? throw new InvalidOperationException("Not started yet.");

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Returns once a read from the replica shows all that is committed now.</summary>
    public Task ReplicaCaughtUpAsync() => Replica.CatchUpAsync(_postgres);

    /// <summary>Runs an operation; fails the test if it has errors.</summary>
    /// <returns>Its data.</returns>
    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var response = await Client.PostAsJsonAsync("/graphql", new { query, variables });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.StartedAsync();
        _postgres = await server.CreateDatabaseAsync();
        _redis = RedisServer.StartEmbedded();

        var builder = ShopBuilder.Create(["--urls", "http://127.0.0.1:0"]);
        builder.Configuration["ConnectionStrings:Shop"] = _postgres;
        builder.Configuration["ConnectionStrings:Redis"] = _redis.ConnectionString;
        builder.Configuration["Accounts:KeySecret"] = ShopHost.KeySecret;
        builder.Configuration["GraphQL:Transport:FarewellFor"] = "00:00:00";
        builder.Host.ConfigureContainer<IServiceCollection>((_, services) => services.ShareSchemas());
        _app = Shop.GraphQL.Host.Program.Build(builder);
        await _app.StartAsync();
        Client.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_postgres.Length > 0)
        {
            var server = await PostgresServer.StartedAsync();
            await server.DropDatabaseAsync(_postgres);
        }
    }
}
