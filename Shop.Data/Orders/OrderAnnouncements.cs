using System.Globalization;
using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.Data.Orders;

/// <summary>
/// Tells every node of orders' steps, over Redis. Sent after the commit and never needed for being right: a step that
/// nobody heard stands in the order's events, where a subscriber that resumes finds it.
/// </summary>
public sealed class OrderAnnouncements(IConnectionMultiplexer redis, ILogger<OrderAnnouncements> log)
{
    /// <summary>Where the steps of all orders are told, by the order's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "orders";

    /// <summary>Reads what <see cref="PublishAsync"/> said of an order.</summary>
    public static OrderStatusChanged Read(OrderId order, RedisValue said)
    {
        var words = said.ToString().Split(' ');
        return new(
            order,
            words[2].Length > 0 ? (OrderStatus)Number(words[2]) : null,
            (OrderStatus)Number(words[1]),
            (int)Number(words[0]),
            new(Number(words[3]), TimeSpan.Zero)
        );
    }

    /// <summary>All of them in one message. Does not fail where Redis is away.</summary>
    public async Task PublishAsync(IReadOnlyCollection<OrderStatusChanged> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        try
        {
            await redis
                .GetSubscriber()
                .PublishAsync(
                    RedisChannel.Literal(Channel),
                    SignalLines.Write(steps.Select(step => (step.OrderId.Value, Say(step))))
                );
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            log.NotAnnounced(steps.Count, fault);
        }
    }

    private static string Say(OrderStatusChanged step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Version} {(int)step.To} {(int?)step.From} {step.At.UtcTicks}"
        );

    private static long Number(string word) =>
        long.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);
}
