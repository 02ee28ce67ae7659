using Shop.Data.Kernel;
using StackExchange.Redis;

namespace Shop.Data.Storage.Ids;

/// <summary>Numbers for ids while a node's clock stands behind an id it has already given: blocks of one Redis counter.</summary>
internal sealed class SpareIds(IConnectionMultiplexer redis)
{
    private static readonly RedisKey _counter = "ids:spare";

    /// <summary>First number of a block of <see cref="NewId.SpareBlockSize"/> that is this node's alone.</summary>
    /// <param name="floor">Where the counter begins when there is none yet.</param>
    /// <exception cref="RedisException">Redis is away: no id can be made until the clock has caught up.</exception>
    public long Block(long floor)
    {
        var database = redis.GetDatabase();
        database.StringSet(_counter, floor, when: When.NotExists);
        return database.StringIncrement(_counter, NewId.SpareBlockSize) - NewId.SpareBlockSize;
    }
}
