using StackExchange.Redis;

namespace Shop.Data.Storage.Attempts;

/// <summary>
/// Counts in Redis, for all nodes, what somebody tries who may be guessing. An attempt is taken before anything is compared, so that many
/// at once are no more than one after the other, and given back where it turns out to be none.
/// </summary>
/// <remarks>Where Redis is away none can be taken: a client that guesses must not gain by it.</remarks>
public sealed class AttemptCounter(IConnectionMultiplexer redis, TimeProvider clock)
{
    private static readonly RedisScript _take = RedisScript.Load<AttemptCounter>("TakeAttempt");
    private static readonly RedisScript _takeTurn = RedisScript.Load<AttemptCounter>("TakeTurn");
    private static readonly RedisScript _giveBack = RedisScript.Load<AttemptCounter>("GiveBackAttempt");

    /// <summary>Takes one of the attempts that a window has.</summary>
    /// <param name="key">Of whom they are, such as <c>attempts:{address:C0000201}</c>.</param>
    /// <param name="most">Of one window.</param>
    /// <param name="window">How long they count, from the first one on.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>When to try again; null where it was taken.</returns>
    internal Task<DateTimeOffset?> TakeAsync(
        string key,
        int most,
        TimeSpan window,
        CancellationToken cancel
    ) => RunAsync(_take, key, most, window, cancel);

    /// <summary>Takes an attempt: after the free ones each waits a second, and twice as long each time.</summary>
    /// <param name="key">Of whom they are.</param>
    /// <param name="free">Those that do not wait.</param>
    /// <param name="window">The longest wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>When to try again; null where it was taken.</returns>
    internal Task<DateTimeOffset?> TakeTurnAsync(
        string key,
        int free,
        TimeSpan window,
        CancellationToken cancel
    ) => RunAsync(_takeTurn, key, free, window, cancel);

    /// <summary>The attempt was none.</summary>
    internal Task GiveBackAsync(string key, CancellationToken cancel) =>
        _giveBack.RunAsync(redis.GetDatabase(), [key], []).WaitAsync(cancel);

    private async Task<DateTimeOffset?> RunAsync(
        RedisScript script,
        string key,
        int most,
        TimeSpan window,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var next = (long)
            await script
                .RunAsync(redis.GetDatabase(), [key], [now, (long)window.TotalMilliseconds, most])
                .WaitAsync(cancel);
        return next == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(next);
    }
}
