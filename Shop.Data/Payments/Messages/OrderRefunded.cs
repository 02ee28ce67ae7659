using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>Money that an order was paid with is back with the customer.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="RefundId">The refund that it came back with.</param>
/// <param name="Minor">How much of it, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="InAll">Whether nothing of the order's money is left.</param>
/// <param name="GoodsBack">Whether the goods are back, as staff has said with this refund or one before.</param>
public sealed record OrderRefunded(
    OrderId OrderId,
    RefundId RefundId,
    long Minor,
    string Currency,
    bool InAll,
    bool GoodsBack
) : IFact
{
    /// <inheritdoc />
    public static string Topic => "payments.order_refunded";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
