using Microsoft.Extensions.Options;
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
    /// <summary>As metrics call it.</summary>
    public const string Name = "cache";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    private readonly CacheConnection _connection;
    private readonly CacheOptions _options;
    private readonly ShopMeter _meter;
    private readonly TimeProvider _clock;
    private long _awayUntil;
    private bool _isAway;

    public CacheLine(
        CacheConnection connection,
        IOptions<CacheOptions> options,
        ShopMeter meter,
        TimeProvider clock
    )
    {
        (_connection, _options, _meter, _clock) = (connection, options.Value, meter, clock);
        if (_options is { Enabled: true, Redis: true })
        {
            meter.ObserveBreakers(() => [(Name, State)]);
        }
    }

    /// <summary>0 where Redis is asked, 1 where the next call sees whether it is back, 2 where none is made.</summary>
    public int State =>
        !Volatile.Read(ref _isAway) ? 0
        : _clock.GetTimestamp() < Volatile.Read(ref _awayUntil) ? 2
        : 1;

    /// <summary>What Redis answers; nothing where it does not, or nodes share no rows.</summary>
    internal async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> call)
    {
        if (!_options.Redis)
        {
            return default;
        }

        if (State == 2)
        {
            _meter.Called(Name, "refused");
            return default;
        }

        try
        {
            var answer = await CallAsync().WaitAsync(_options.RedisTimeout, _clock);
            Volatile.Write(ref _isAway, false);
            _meter.Called(Name, "ok");
            return answer;
        }
        catch (Exception fault) when (fault is TimeoutException || Outage.Is(fault))
        {
            Volatile.Write(
                ref _awayUntil,
                _clock.GetTimestamp() + (long)(_pause.TotalSeconds * _clock.TimestampFrequency)
            );
            Volatile.Write(ref _isAway, true);
            _meter.Called(Name, "failed");
            return default;
        }

        async Task<T> CallAsync() => await call(await _connection.OpenAsync());
    }
}
