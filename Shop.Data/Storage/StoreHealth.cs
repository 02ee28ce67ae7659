using System.Data.Common;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>Whether the stores that this process writes to answer.</summary>
public sealed class StoreHealth
{
    // A load balancer asks every few seconds; what takes longer than this is of no use to a shopper either.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly DataSources _databases;
    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _clock;

    internal StoreHealth(DataSources databases, IConnectionMultiplexer redis, TimeProvider clock) =>
        (_databases, _redis, _clock) = (databases, redis, clock);

    /// <summary>Asks all of them at once; takes at most two seconds.</summary>
    /// <returns>Those that do not answer: <c>postgres</c>, <c>redis</c>. Empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancel)
    {
        var postgres = AnswersAsync(PrimariesAsync, cancel);
        var redis = AnswersAsync(_ => _redis.GetDatabase().PingAsync(), cancel);
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
            await using var ping = primary.CreateCommand("select 1");
            await ping.ExecuteScalarAsync(cancel);
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
