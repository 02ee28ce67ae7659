using Microsoft.Extensions.Logging;
using Shop.Data.Telemetry;
using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>
/// Tells every node that something has changed, over Redis. Used after the commit and never needed for being right: a
/// listener reads again, or resumes from what is stored.
/// </summary>
public sealed class Announcer(IConnectionMultiplexer redis, ILogger<Announcer> log)
{
    /// <summary>Says it on a channel, for <see cref="Signals"/>. Does not fail where Redis is away.</summary>
    public async Task PublishAsync(string channel, RedisValue said)
    {
        using var span = Traces.AskRedis("PUBLISH");
        try
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(channel), said);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.NotAnnounced(channel, fault);
        }
    }

    /// <summary>The same of many keys of a channel in one message, see <see cref="SignalLines"/>; of none, nothing.</summary>
    public Task PublishAsync(string channel, IReadOnlyCollection<(long Key, string Said)> signals) =>
        signals.Count == 0 ? Task.CompletedTask : PublishAsync(channel, SignalLines.Write(signals));
}
