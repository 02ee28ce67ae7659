using System.Globalization;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Orders;

/// <summary>
/// Tells every node of orders' steps. One that was not heard stands in the order's events, where a subscriber that resumes
/// finds it.
/// </summary>
public sealed class OrderAnnouncements(Announcer announcer)
{
    /// <summary>Where the steps of all orders are told, by the order's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "orders";

    /// <summary>Where the steps of customers' orders are told once more, by the customer's id; placements as well.</summary>
    public const string CustomerChannel = "orders.customers";

    private const int TraceParentLength = 55;

    /// <summary>Reads what <see cref="PublishAsync"/> said of an order.</summary>
    public static OrderStatusChanged Read(OrderId order, RedisValue said) =>
        Read(order, said.ToString().Split(' '));

    /// <summary>Reads what was said to a customer.</summary>
    public static OrderStatusChanged Read(CustomerId customer, RedisValue said)
    {
        var words = said.ToString().Split(' ');
        return Read(new OrderId(Number(words[^1])), words) with { Customer = customer };
    }

    /// <summary>
    /// All of them in one message, and those of customers in another. Does not fail where Redis is away.
    /// </summary>
    public Task PublishAsync(IReadOnlyCollection<OrderStatusChanged> steps) =>
        Task.WhenAll(
            announcer.PublishAsync(Channel, [.. steps.Select(step => (step.OrderId.Value, Say(step)))]),
            TellCustomersAsync(steps)
        );

    /// <summary>Only those of customers, such as placements, of which no other client can know. Guests' cost nothing.</summary>
    internal Task TellCustomersAsync(IEnumerable<OrderStatusChanged> steps) =>
        announcer.PublishAsync(
            CustomerChannel,
            [
                .. steps
                    .Where(step => step.Customer is not null)
                    .Select(step => (step.Customer!.Value.Value, $"{Say(step)} {step.OrderId.Value}")),
            ]
        );

    private static OrderStatusChanged Read(OrderId order, string[] words) =>
        new(
            order,
            words[2].Length > 0 ? (OrderStatus)Number(words[2]) : null,
            (OrderStatus)Number(words[1]),
            (int)Number(words[0]),
            new(Number(words[3]), TimeSpan.Zero)
        )
        {
            TraceParent = words is [_, _, _, _, { Length: TraceParentLength } trace, ..] ? trace : null,
        };

    private static string Say(OrderStatusChanged step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Version} {(int)step.To} {(int?)step.From} {step.At.UtcTicks}"
        ) + (step.TraceParent is { } trace ? $" {trace}" : "");

    private static long Number(string word) =>
        long.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);
}
