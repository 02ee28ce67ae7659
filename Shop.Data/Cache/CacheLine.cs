using Microsoft.Extensions.Options;
using Shop.Data.Storage.Breakers;
using Shop.Data.Storage.Faults;
using Shop.Data.Telemetry;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>
/// The way to Redis for rows. Each call has its time; after one that came to nothing, none is made for two seconds, so that who asks
/// for rows does not wait for a store that is away. Thread-safe; one for the process.
/// </summary>
public sealed class CacheLine
{
    // One that was late is enough, or each of a crowd would wait.
    private static readonly BreakerTerms _terms = new(
        ErrorRatio: 0,
        Window: TimeSpan.FromSeconds(1),
        Least: 1,
        Open: TimeSpan.FromSeconds(2)
    );

    private readonly CacheConnection _connection;
    private readonly CacheOptions _options;
    private readonly TimeProvider _clock;

    public CacheLine(
        CacheConnection connection,
        IOptions<CacheOptions> options,
        ShopMeter meter,
        TimeProvider clock
    )
    {
        (_connection, _options, _clock) = (connection, options.Value, clock);
        Breaker = new("cache", _terms, IsAway, meter, clock);
    }

    /// <summary>Knows whether Redis answers.</summary>
    internal Breaker Breaker { get; }

    /// <summary>What Redis answers; nothing where it does not, or nodes share no rows.</summary>
    internal async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> call)
    {
        if (!_options.Redis)
        {
            return default;
        }

        try
        {
            return await Breaker.CallAsync<T?>(
                async () => await CallAsync().WaitAsync(_options.RedisTimeout, _clock),
                refused: () => default
            );
        }
        catch (Exception fault) when (IsAway(fault))
        {
            return default;
        }

        async Task<T> CallAsync() => await call(await _connection.OpenAsync());
    }

    private static bool IsAway(Exception fault) => fault is TimeoutException || Outage.Is(fault);
}
