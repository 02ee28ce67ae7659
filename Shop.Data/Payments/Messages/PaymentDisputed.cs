using Shop.Data.Messages;

namespace Shop.Data.Payments.Messages;

/// <summary>The customer disputes a payment with their bank, or that dispute has gone on.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="Text">What the channel says of it, at most 200 characters.</param>
public sealed record PaymentDisputed(OrderId OrderId, PaymentId PaymentId, string Text) : IFact
{
    /// <inheritdoc />
    public static string Topic => "payments.payment_disputed";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
