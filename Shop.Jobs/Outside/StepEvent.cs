using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confluent.Kafka;
using Shop.Data.Orders;
using Shop.Data.Orders.Feed;

namespace Shop.Jobs.Outside;

/// <summary>
/// A step of an order as others outside read it: a CloudEvent in Kafka's binary mode. Its form is
/// <c>schema/events/shop.order.status_changed.v1.json</c>; it only grows. What would break a reader is a new type, <c>.v2</c>.
/// </summary>
internal static class StepEvent
{
    /// <summary>What kind of event it is.</summary>
    public const string Type = "shop.order.status_changed.v1";

    private const string Source = "/orders";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        // Titles in any script as they are: no browser takes this for a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The event. The same step makes the same one each time.</summary>
    public static Message<string, byte[]> Of(ToldStep step)
    {
        var order = step.OrderId.Value.ToString(CultureInfo.InvariantCulture);
        var headers = Headers(
            ("content-type", "application/json"),
            ("ce_specversion", "1.0"),
            ("ce_type", Type),
            ("ce_source", Source),
            ("ce_id", string.Create(CultureInfo.InvariantCulture, $"orders/{order}/{step.Version}")),
            ("ce_subject", order),
            ("ce_time", Moment(step.At))
        );
        if (step.TraceParent is { } trace)
        {
            // CloudEvents' extension for distributed tracing; and where OpenTelemetry's consumers look for it.
            Add(headers, "ce_traceparent", trace);
            Add(headers, "traceparent", trace);
        }

        return new()
        {
            Key = order,
            Headers = headers,
            Value = JsonSerializer.SerializeToUtf8Bytes(BodyOf(order, step), _json),
        };
    }

    private static Body BodyOf(string order, ToldStep step) =>
        new(
            order,
            step.Number.ToString(),
            step.Version,
            step.From is { } from ? NameOf(from) : null,
            NameOf(step.To),
            Moment(step.At),
            Text(step.Total),
            step.Total.Currency,
            [
                .. step.Lines.Select(line => new Line(
                    line.Sku,
                    line.Title,
                    line.Quantity,
                    Text(new(line.UnitPriceMinor, step.Total.Currency))
                )),
            ]
        );

    private static string Text(Money money) => money.Amount.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    // What is promised outside does not follow a name in here.
    private static string NameOf(OrderStatus status) =>
        status switch
        {
            OrderStatus.Pending => "PENDING",
            OrderStatus.AwaitingPayment => "AWAITING_PAYMENT",
            OrderStatus.Paid => "PAID",
            OrderStatus.Shipped => "SHIPPED",
            OrderStatus.Delivered => "DELIVERED",
            OrderStatus.Rejected => "REJECTED",
            OrderStatus.Cancelled => "CANCELLED",
            OrderStatus.Refunded => "REFUNDED",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It has no name outside."),
        };

    private static Headers Headers(params ReadOnlySpan<(string Name, string Text)> all)
    {
        var headers = new Headers();
        foreach (var (name, text) in all)
        {
            Add(headers, name, text);
        }

        return headers;
    }

    private static void Add(Headers headers, string name, string text) =>
        headers.Add(name, Encoding.UTF8.GetBytes(text));

    private sealed record Body(
        string OrderId,
        string Number,
        int Version,
        string? From,
        string To,
        string At,
        string Total,
        string Currency,
        IReadOnlyList<Line> Lines
    );

    private sealed record Line(string Sku, string Title, int Quantity, string UnitPrice);
}
