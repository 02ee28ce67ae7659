namespace Shop.Data.Pricing;

/// <summary>
/// What selected lines cost. Until the shop has discounts, shipping and taxes, those are zero and the total is the subtotal.
/// </summary>
/// <param name="Subtotal">The lines, at their unit prices.</param>
/// <param name="Discount">What is taken off; zero for now.</param>
/// <param name="Shipping">What the way costs; zero for now.</param>
/// <param name="Tax">Tax that is not in the prices already; zero for now.</param>
public sealed record Cost(Money Subtotal, Money Discount, Money Shipping, Money Tax)
{
    /// <summary>What is to be paid: subtotal − discount + shipping + tax.</summary>
    public Money Total => Subtotal - Discount + Shipping + Tax;
}
