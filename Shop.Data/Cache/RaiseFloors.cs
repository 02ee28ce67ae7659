using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>
/// Has no cache use any more what it kept of subjects before they changed: on this node at once, then in Redis, then on all nodes
/// that listen. Repeated, it costs a read of each.
/// </summary>
public sealed class RaiseFloors(
    Floors floors,
    IConnectionMultiplexer redis,
    Announcer announcer,
    IOptions<CacheOptions> options,
    ILogger<RaiseFloors> log
)
{
    // Keys of a script, and words of a signal.
    private const int PerCall = 500;

    // Longer than a row can be kept: an entry never outlives the floor it is below.
    private static readonly TimeSpan _slack = TimeSpan.FromHours(1);
    private static readonly RedisScript _raise = RedisScript.Load<RaiseFloors>("RaiseFloor");

    /// <summary>After a commit: does not fail, since the change is made. Its message raises them again.</summary>
    /// <param name="primary">Where it was committed.</param>
    /// <param name="subjects">What has changed.</param>
    public async Task TryAsync(NpgsqlDataSource primary, IReadOnlyCollection<string> subjects)
    {
        try
        {
            await RunAsync(primary, subjects, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or RedisException or TimeoutException)
        {
            // Whatever the floor is: nothing that is in memory.
            floors.MissSome();
            log.FloorNotRaised(fault);
        }
    }

    /// <exception cref="NpgsqlException">The primary is away.</exception>
    /// <exception cref="RedisException">Redis is away; this node knows them.</exception>
    public async Task RunAsync(
        NpgsqlDataSource primary,
        IReadOnlyCollection<string> subjects,
        CancellationToken cancel
    )
    {
        if (subjects.Count == 0 || !options.Value.Enabled)
        {
            return;
        }

        var floor = await NextAsync(primary, cancel);
        floors.Raise(subjects, floor);
        var parts = subjects.Chunk(PerCall).ToList();
        if (options.Value.Redis)
        {
            await Task.WhenAll(parts.Select(part => RaiseAsync(part, floor)));
        }

        foreach (var part in parts)
        {
            await announcer.PublishAsync(Floors.Channel, Floors.Write(part, floor));
        }
    }

    /// <summary>A floor of all that is committed by now: the number of a transaction that begins after it.</summary>
    internal static Task<long> NextAsync(NpgsqlDataSource primary, CancellationToken cancel) =>
        primary.ScalarAsync<long>($"select pg_current_xact_id()::text::bigint", cancel);

    private Task<RedisResult> RaiseAsync(string[] subjects, long floor) =>
        _raise.RunAsync(
            redis.GetDatabase(),
            [.. subjects.Select(subject => (RedisKey)FencedRedisCache.FloorKey(subject))],
            [floor, (long)(options.Value.StaleFor + _slack).TotalMilliseconds]
        );
}
