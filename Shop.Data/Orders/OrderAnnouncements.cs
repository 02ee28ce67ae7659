using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.Data.Orders;

/// <summary>
/// Tells every node of an order's steps, over Redis. Sent after the commit and never needed for being right: a step that
/// nobody heard stands in the order's events, where a subscriber that resumes finds it.
/// </summary>
public sealed class OrderAnnouncements(IConnectionMultiplexer redis, ILogger<OrderAnnouncements> log)
{
    /// <summary>Where the steps of an order are told; for <see cref="Signals"/>.</summary>
    public static string Channel(OrderId order) => $"order:{order.Value}";

    /// <summary>Reads what <see cref="PublishAsync"/> sent.</summary>
    public static OrderStatusChanged Read(RedisValue message) =>
        StoredJson.Read<OrderStatusChanged>(message.ToString());

    /// <summary>All of them in one round trip. Does not fail where Redis is away.</summary>
    public async Task PublishAsync(IReadOnlyCollection<OrderStatusChanged> steps)
    {
        var subscriber = redis.GetSubscriber();
        try
        {
            await Task.WhenAll(
                steps.Select(step =>
                    subscriber.PublishAsync(
                        RedisChannel.Literal(Channel(step.OrderId)),
                        StoredJson.Write(step)
                    )
                )
            );
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.NotAnnounced(steps.Count, fault);
        }
    }
}
