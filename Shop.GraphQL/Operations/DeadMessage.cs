using System.Globalization;
using StoredMessage = Shop.Data.Messages.DeadMessage;

namespace Shop.GraphQL.Operations;

/// <summary>Names a dead message.</summary>
/// <param name="Context">Whose table it is in.</param>
/// <param name="Number">Its number there.</param>
internal readonly record struct DeadMessageId(string Context, long Number)
{
    /// <summary><c>orders-12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Context}-{Number}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is nothing of the kind.</summary>
    public static DeadMessageId? Parse(string text) =>
        text.Split('-') is [{ Length: > 0 } context, var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new(context, value)
            : null;
}

/// <summary>
/// A message that failed too often. What it says is not shown: it may be about a person, and topic, key and error tell
/// where to look.
/// </summary>
/// <param name="Id">For `messagesReplay`.</param>
/// <param name="Context">Who sent it, such as `orders`.</param>
/// <param name="Topic">What it is: `inventory.deduct`.</param>
/// <param name="Receiver">The context that should have heard it, such as `inventory`.</param>
/// <param name="Key">Number of the thing it is about, such as an order. Later messages of this key to this receiver wait for it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why the last try failed, at most 2,000 characters.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="FailedAt">When the last try failed.</param>
/// <param name="Traceparent">W3C trace context of the request that caused it; null where none was traced.</param>
[Staff(StaffRole.Admin)]
internal sealed record DeadMessage(
    DeadMessageId Id,
    string Context,
    string Topic,
    string Receiver,
    string Key,
    int Attempts,
    string Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset FailedAt,
    string? Traceparent
)
{
    internal static DeadMessage Of(string context, StoredMessage row) =>
        new(
            new(context, row.Id),
            context,
            row.Topic,
            row.Receiver,
            row.Key.ToString(CultureInfo.InvariantCulture),
            row.Attempts,
            row.Reason,
            row.CreatedAt,
            row.DiedAt,
            row.TraceParent
        );
}
