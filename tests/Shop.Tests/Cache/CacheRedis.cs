using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shop.Data.Cache;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Cache;

/// <summary>Connections to a Redis, for all nodes of the tests.</summary>
internal sealed class CacheRedis : IAsyncDisposable
{
    private CacheRedis(string address, IConnectionMultiplexer signals)
    {
        Signals = signals;
        Rows = new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?> { ["ConnectionStrings:Redis"] = address }
                )
                .Build(),
            Options.Create(CacheNode.Patient)
        );
    }

    public IConnectionMultiplexer Signals { get; }

    public CacheConnection Rows { get; }

    public static async Task<CacheRedis> ConnectAsync(RedisServer server) =>
        new(
            server.ConnectionString,
            await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",abortConnect=false")
        );

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await Signals.DisposeAsync();
    }
}
