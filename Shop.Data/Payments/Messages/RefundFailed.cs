using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>Money of an order did not go back: the channel refused it for good, or cannot end it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="RefundId">The refund.</param>
/// <param name="Minor">How much, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record RefundFailed(OrderId OrderId, RefundId RefundId, long Minor, string Currency) : IFact
{
    /// <inheritdoc />
    public static string Topic => "payments.refund_failed";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
