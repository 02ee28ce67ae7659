using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>
/// Whose turn it is to read a row that several nodes want at once. It only saves reads: where Redis is away, or a lease is over, each
/// reads for itself, and what is kept is right all the same. Thread-safe; one for the process.
/// </summary>
public sealed class RefillLease(CacheLine line, IOptions<CacheOptions> options)
{
    // A node that is killed while it reads holds others up for no longer.
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(1);
    private static readonly RedisScript _release = RedisScript.Load<RefillLease>("ReleaseLease");

    private readonly RedisValue _node = Guid.CreateVersion7().ToString("n");

    /// <summary>Whether nodes wait for each other.</summary>
    internal bool IsUsed => options.Value is { Redis: true, AcrossNodes.Ticks: > 0 };

    /// <summary>How long a node waits for another.</summary>
    internal TimeSpan MaxWait => options.Value.AcrossNodes;

    /// <summary>Takes those that nobody has.</summary>
    /// <param name="names">Of rows, each once.</param>
    /// <returns>Which it has now; all of them where nobody can tell.</returns>
    internal async Task<IReadOnlySet<string>> TakeAsync(IReadOnlyList<string> names)
    {
        var lifetime = MaxWait > _least ? MaxWait : _least;
        var taken = await line.TryAsync(redis =>
            Task.WhenAll(
                names.Select(name => redis.StringSetAsync(Key(name), _node, lifetime, When.NotExists))
            )
        );
        return taken is null
            ? names.ToHashSet()
            : names.Zip(taken).Where(one => one.Second).Select(one => one.First).ToHashSet();
    }

    /// <summary>Gives back what it has of these.</summary>
    internal Task ReleaseAsync(IReadOnlyCollection<string> names) =>
        line.TryAsync(redis => _release.RunAsync(redis, [.. names.Select(Key)], [_node]));

    private static RedisKey Key(string name) => $"{{shop}}:l1:{name}";
}
