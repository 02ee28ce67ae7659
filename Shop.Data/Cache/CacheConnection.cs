using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>
/// A connection to Redis for rows alone, which fails at once where it is down: a shopper waits for no cache, and carts wait for no
/// rows. Opened with the first row; one for the process.
/// </summary>
public sealed class CacheConnection(IConfiguration settings, IOptions<CacheOptions> options)
    : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection = new(() =>
        ConnectAsync(settings, options.Value)
    );

    /// <summary>The database, as soon as Redis was looked for, whether it answers or not.</summary>
    public async Task<IDatabase> OpenAsync() => (await _connection.Value).GetDatabase();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
        {
            await (await _connection.Value).DisposeAsync();
        }
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(
        IConfiguration settings,
        CacheOptions options
    )
    {
        var connection = ConfigurationOptions.Parse(settings.GetConnectionString("Redis")!);
        connection.AbortOnConnectFail = false;
        connection.AsyncTimeout = (int)options.RedisTimeout.TotalMilliseconds;
        // Nothing is queued while it is down: it would all be sent too late.
        connection.BacklogPolicy = BacklogPolicy.FailFast;
        connection.IncludeDetailInExceptions = false;
        return await ConnectionMultiplexer.ConnectAsync(connection);
    }
}
