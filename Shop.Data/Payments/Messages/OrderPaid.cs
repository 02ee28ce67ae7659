using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>All that an order costs was taken.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="PaymentId">The payment that settled it.</param>
/// <param name="Minor">How much, in minor units of the order's currency.</param>
public sealed record OrderPaid(OrderId OrderId, PaymentId PaymentId, long Minor) : IFact
{
    /// <inheritdoc />
    public static string Topic => "payments.order_paid";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
