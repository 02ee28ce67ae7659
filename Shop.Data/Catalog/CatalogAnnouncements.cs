using Microsoft.Extensions.Logging;
using Shop.Data.Storage;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Catalog;

/// <summary>
/// Tells every node that the catalogue has changed, over Redis. Sent after the commit and never needed for being right:
/// whoever hears it reads again.
/// </summary>
public sealed class CatalogAnnouncements(IConnectionMultiplexer redis, ILogger<CatalogAnnouncements> log)
{
    /// <summary>Where it is told; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog";

    /// <summary>Says that something is different. Does not fail where Redis is away.</summary>
    public async Task PublishAsync()
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(Channel), "changed");
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.CatalogNotAnnounced(fault);
        }
    }
}
