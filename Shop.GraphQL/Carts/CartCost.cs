using Shop.Data.Kernel;

namespace Shop.GraphQL.Carts;

/// <summary>
/// What selected lines cost. Until the shop has discounts, shipping and taxes, those are zero and the total is the subtotal.
/// </summary>
/// <param name="Subtotal">The lines, at their unit prices.</param>
/// <param name="Discount">What is taken off; zero for now.</param>
/// <param name="Shipping">What the way costs; zero for now.</param>
/// <param name="Tax">Tax that is not in the prices already; zero for now.</param>
/// <param name="Total">What is to be paid: subtotal − discount + shipping + tax.</param>
internal sealed record CartCost(Money Subtotal, Money Discount, Money Shipping, Money Tax, Money Total)
{
    /// <summary>Of goods that cost so much.</summary>
    internal static CartCost Of(Money subtotal)
    {
        var none = Money.Zero(subtotal.Currency);
        return new(subtotal, none, none, none, subtotal);
    }
}
