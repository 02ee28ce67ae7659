using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.Data.Inventory;

/// <summary>
/// Tells every node that a SKU's stock has moved, over Redis. Sent after the commit and never needed for being right:
/// whoever hears it reads the level.
/// </summary>
public sealed class StockAnnouncements(IConnectionMultiplexer redis, ILogger<StockAnnouncements> log)
{
    /// <summary>Where the moves of a SKU are told; for <see cref="Signals"/>.</summary>
    public static string Channel(VariantId variant) => $"stock:{variant.Value}";

    /// <summary>All of them in one round trip. Does not fail where Redis is away.</summary>
    public async Task PublishAsync(IReadOnlyCollection<VariantId> variants)
    {
        var subscriber = redis.GetSubscriber();
        try
        {
            await Task.WhenAll(
                variants.Select(variant =>
                    subscriber.PublishAsync(RedisChannel.Literal(Channel(variant)), "moved")
                )
            );
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.StockNotAnnounced(variants.Count, fault);
        }
    }
}
