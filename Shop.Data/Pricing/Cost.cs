namespace Shop.Data.Pricing;

/// <summary>
/// What selected lines cost.
/// </summary>
/// <param name="Subtotal">The lines, at their unit prices.</param>
/// <param name="Discount">What promotions take off.</param>
/// <param name="Shipping">What the way costs.</param>
/// <param name="Tax">Tax that is not in the prices already.</param>
public sealed record Cost(Money Subtotal, Money Discount, Money Shipping, Money Tax)
{
    /// <summary>What is to be paid: subtotal − discount + shipping + tax.</summary>
    public Money Total => Subtotal - Discount + Shipping + Tax;
}
