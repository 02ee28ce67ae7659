using System.Data.Common;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>Whether the stores that this process writes to answer, and have room for more.</summary>
public sealed class StoreHealth
{
    // A load balancer asks every few seconds; what takes longer than this is of no use to a shopper either.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private const string Probe = "health";
    private static readonly TimeSpan _probeLifetime = TimeSpan.FromMinutes(1);

    private readonly DataSources _databases;
    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _clock;

    internal StoreHealth(DataSources databases, IConnectionMultiplexer redis, TimeProvider clock) =>
        (_databases, _redis, _clock) = (databases, redis, clock);

    /// <summary>Asks all of them at once; takes at most two seconds.</summary>
    /// <returns>Those that do not answer, or can take nothing: <c>postgres</c>, <c>redis</c>. Empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancel)
    {
        var postgres = AnswersAsync(PrimariesAsync, cancel);
        var redis = AnswersAsync(
            _ => _redis.GetDatabase().StringSetAsync(Probe, RedisValue.EmptyString, _probeLifetime),
            cancel
        );
        List<string> missing = [];
        if (!await postgres)
        {
            missing.Add("postgres");
        }

        if (!await redis)
        {
            missing.Add("redis");
        }

        return missing;
    }

    private async Task PrimariesAsync(CancellationToken cancel)
    {
        foreach (var primary in _databases.Primaries)
        {
            // Sorts a megabyte in less memory than it needs: a disk without room for that takes no orders either.
            await using var sort = primary.CreateBatch();
            sort.BatchCommands.Add(new("select set_config('work_mem', '64kB', true)"));
            sort.BatchCommands.Add(
                new(
                    """
                    select count(*) from (
                        select repeat('x', 1000) || n as line from generate_series(1, 1000) as n order by line offset 0) as lines
                    """
                )
            );
            await sort.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task<bool> AnswersAsync(Func<CancellationToken, Task> ask, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_patience);
        try
        {
            await ask(limit.Token).WaitAsync(_patience, _clock, cancel);
            return true;
        }
        catch (Exception fault)
            when (fault is DbException or RedisException or TimeoutException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return false;
        }
    }
}
