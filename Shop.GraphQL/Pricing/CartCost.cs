using Shop.Data.Pricing;

namespace Shop.GraphQL.Pricing;

/// <summary>What selected lines cost, or an order. Until the shop has shipping and taxes, those are zero.</summary>
/// <param name="Subtotal">The lines, at their unit prices.</param>
/// <param name="Discount">What promotions take off.</param>
/// <param name="Shipping">What the way costs; zero for now.</param>
/// <param name="Tax">Tax that is not in the prices already; zero for now.</param>
/// <param name="Total">What is to be paid: subtotal − discount + shipping + tax.</param>
/// <param name="Promotions">
/// Those that take something off, then those that do not and that a code names or the shop advertises, with the reason; at most 50. Of an order,
/// what became of them when it was placed.
/// </param>
internal sealed record CartCost(
    Money Subtotal,
    Money Discount,
    Money Shipping,
    Money Tax,
    Money Total,
    [property: ListSize(5)] IReadOnlyList<PromotionOutcome> Promotions
)
{
    internal static CartCost Of(Quote quote) =>
        Of(quote.Cost, [.. quote.Promotions.Select(PromotionOutcome.Of)]);

    internal static CartCost Of(Cost cost, IReadOnlyList<PromotionOutcome>? promotions) =>
        new(cost.Subtotal, cost.Discount, cost.Shipping, cost.Tax, cost.Total, promotions ?? []);
}
