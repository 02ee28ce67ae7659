using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Inventory;

/// <summary>
/// Tells every node that a SKU's stock has moved, over Redis. Sent after the commit and never needed for being right:
/// whoever hears it reads the level.
/// </summary>
public sealed class StockAnnouncements(IConnectionMultiplexer redis, ILogger<StockAnnouncements> log)
{
    /// <summary>Where the moves of all SKUs are told, by the SKU's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "stock";

    /// <summary>All of them in one message. Does not fail where Redis is away.</summary>
    public async Task PublishAsync(IReadOnlyCollection<VariantId> variants)
    {
        if (variants.Count == 0)
        {
            return;
        }

        try
        {
            await redis
                .GetSubscriber()
                .PublishAsync(
                    RedisChannel.Literal(Channel),
                    SignalLines.Write(variants.Select(variant => (variant.Value, "moved")))
                );
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.StockNotAnnounced(variants.Count, fault);
        }
    }
}
