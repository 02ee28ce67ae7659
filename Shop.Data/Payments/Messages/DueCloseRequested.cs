using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>An order was called off: nobody can begin to pay it any more, and what was begun is closed at its channel.</summary>
public sealed record DueCloseRequested(OrderId OrderId) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "payments.close_due";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
