using StackExchange.Redis;

namespace Shop.Data.Storage.Ids;

/// <summary>
/// Numbers for ids while a node's clock stands behind an id it has already given: blocks of one Redis counter. One is
/// reserved ahead, in the background, so that making ids does not wait for Redis. Thread-safe.
/// </summary>
internal sealed class SpareIds(IConnectionMultiplexer redis)
{
    private const long None = -1;
    private static readonly RedisKey[] _counter = ["ids:spare"];
    private static readonly RedisScript _reserve = RedisScript.Load<SpareIds>("ReserveIds");

    private long _ready = None;
    private int _isReserving;

    /// <summary>First number of a block of <see cref="NewId.SpareBlockSize"/> that is this node's alone.</summary>
    /// <param name="floor">The least that the block after this one may begin with.</param>
    /// <exception cref="RedisException">Redis is away: no id can be made until it answers, or the clock has caught up.</exception>
    public long Take(long floor)
    {
        var block = Interlocked.Exchange(ref _ready, None);
        Reserve(floor);
        return block != None
            ? block
            : throw new RedisException(
                "No id can be made: the clock was set back, and no spare ids are reserved in Redis yet."
            );
    }

    /// <summary>Puts a block aside in place of the one that is ready. Waits for nothing.</summary>
    /// <param name="floor">The least it may begin with, so that its ids sort among those of their time.</param>
    public void Reserve(long floor)
    {
        if (Interlocked.Exchange(ref _isReserving, 1) == 0)
        {
            _ = ReserveAsync(floor);
        }
    }

    private async Task ReserveAsync(long floor)
    {
        try
        {
            var block = await _reserve.RunAsync(redis.GetDatabase(), _counter, [floor, NewId.SpareBlockSize]);
            Interlocked.Exchange(ref _ready, (long)block);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            // Redis is away: asked again with the next renewal, or with the next id that needs it.
        }
        finally
        {
            Interlocked.Exchange(ref _isReserving, 0);
        }
    }
}
