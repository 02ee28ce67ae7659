using StackExchange.Redis;

namespace Shop.Tests.Fixtures;

/// <summary>A Redis for one class of tests, and a connection to it.</summary>
public abstract class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    public ConnectionMultiplexer Redis { get; private set; } = null!;

    /// <summary>The server itself, to be stopped and started.</summary>
    public RedisServer Server => _server ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        var options = ConfigurationOptions.Parse(_server.ConnectionString);
        options.AllowAdmin = true;
        Redis = await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected abstract Task<RedisServer> StartAsync();
}

/// <summary>The server that the shop brings along.</summary>
public sealed class EmbeddedRedisFixture : RedisFixture
{
    protected override Task<RedisServer> StartAsync() => Task.FromResult(RedisServer.StartEmbedded());
}

/// <summary>redis-server; outside CI, and where it is not installed, the embedded one once more.</summary>
public sealed class RealRedisFixture : RedisFixture
{
    protected override async Task<RedisServer> StartAsync() =>
        await RedisServer.TryStartRealAsync() ?? RedisServer.StartEmbedded();
}
