using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>
/// A bounded number of texts that all nodes share: whatever has not been used for its lifetime is gone, and when there is
/// one too many, the one that was used longest ago. Thread-safe.
/// </summary>
/// <param name="redis">Where they are.</param>
/// <param name="clock">Tells when they are used.</param>
/// <param name="name">Of the collection, in small letters.</param>
/// <param name="capacity">The most of them, at least 1.</param>
/// <param name="lifetime">How long one is kept after its last use.</param>
public sealed class RecentTexts(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    string name,
    int capacity,
    TimeSpan lifetime
)
{
    private static readonly RedisScript _keep = RedisScript.Load<RecentTexts>("KeepText");
    private static readonly RedisScript _find = RedisScript.Load<RecentTexts>("FindText");

    private readonly RedisKey[] _keys = [$"texts:{{{name}}}", $"texts:{{{name}}}:used"];
    private readonly RedisValue _lifetime = (long)lifetime.TotalMilliseconds;

    /// <summary>The text of this key; null where it is not kept, or not any more.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<string?> FindAsync(string key, CancellationToken cancel) =>
        (string?)await _find.RunAsync(redis.GetDatabase(), _keys, [key, Now, _lifetime]).WaitAsync(cancel);

    /// <summary>Keeps a text under a key; another one of that key is gone.</summary>
    /// <returns>How many are kept now.</returns>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<int> KeepAsync(string key, string text, CancellationToken cancel) =>
        (int)
            await _keep
                .RunAsync(redis.GetDatabase(), _keys, [key, text, Now, capacity, _lifetime])
                .WaitAsync(cancel);

    private RedisValue Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
