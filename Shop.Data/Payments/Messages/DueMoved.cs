using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>An order can be paid until another moment: its money is held until it is taken, or is not held any more.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="DueAt">Until when it can be paid now.</param>
/// <param name="HeldMinor">How much is held, in minor units; zero where nothing is any more.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record DueMoved(OrderId OrderId, DateTimeOffset DueAt, long HeldMinor, string Currency) : IFact
{
    /// <inheritdoc />
    public static string Topic => "payments.due_moved";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
