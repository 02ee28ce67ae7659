using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// Tells every node that an import has moved, over Redis. Sent after the commit and never needed for being right: whoever
/// hears it reads how far it is.
/// </summary>
public sealed class ImportAnnouncements(IConnectionMultiplexer redis, ILogger<ImportAnnouncements> log)
{
    /// <summary>Where it is told, by the import's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "catalog-imports";

    /// <summary>Does not fail where Redis is away.</summary>
    public async Task PublishAsync(ImportId import)
    {
        try
        {
            await redis
                .GetSubscriber()
                .PublishAsync(RedisChannel.Literal(Channel), SignalLines.Write([(import.Value, "moved")]));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.ImportNotAnnounced(fault);
        }
    }
}
