using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>An order that was called off has been paid all the same: what was paid goes back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="PaymentId">The payment of which all that is left goes back.</param>
public sealed record RefundRequested(OrderId OrderId, PaymentId PaymentId) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "payments.refund";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
