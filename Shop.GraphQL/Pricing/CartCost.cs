using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;
using StoredTax = Shop.Data.Pricing.Taxes.TaxLine;

namespace Shop.GraphQL.Pricing;

/// <summary>What selected lines cost, or an order.</summary>
/// <param name="Subtotal">The lines, at their unit prices.</param>
/// <param name="Discount">What promotions take off.</param>
/// <param name="Shipping">What the way costs, before promotions; zero as long as none is chosen.</param>
/// <param name="Tax">Tax that comes on top: zero where prices have it in them, as `taxed` tells.</param>
/// <param name="Total">What is to be paid: subtotal − discount + shipping + tax.</param>
/// <param name="Taxed">The total, without tax and with it.</param>
/// <param name="Taxes">Each tax in it, of goods and then of shipping; at most 40. Of an order, as it was placed.</param>
/// <param name="TaxExemption">By what its customer pays no tax; null where they do. An invoice names it.</param>
/// <param name="Promotions">
/// Those that take something off, then those that do not and that a code names or the shop advertises, with the reason; at most 50. Of an order,
/// what became of them when it was placed.
/// </param>
/// <param name="ShippingDiscounts">Which promotions take off how much from shipping, in order; at most 50.</param>
/// <param name="IsEstimated">
/// It may come out differently, since it is not known yet where it goes, or since the service that reckons taxes is away. Of an order:
/// that service was away.
/// </param>
internal sealed record CartCost(
    Money Subtotal,
    Money Discount,
    Money Shipping,
    Money Tax,
    Money Total,
    TaxedMoney Taxed,
    [property: ListSize(2)] IReadOnlyList<TaxLine> Taxes,
    TaxExemption? TaxExemption,
    bool IsEstimated,
    [property: ListSize(5)] IReadOnlyList<PromotionOutcome> Promotions,
    [property: ListSize(1)] IReadOnlyList<DiscountAllocation> ShippingDiscounts
)
{
    private const int MaxPromotions = 50;

    internal static CartCost Of(Quote quote) =>
        Of(
            quote.Cost,
            [.. quote.Promotions.Select(FrozenOutcome.Of)],
            quote.Taxes,
            Taxation.Of(quote),
            shipping: null
        ) with
        {
            ShippingDiscounts = [.. (quote.Shipping?.Discounts ?? []).Select(DiscountAllocation.Of)],
            IsEstimated = quote.IsEstimated,
        };

    /// <summary>Of an order, as it was placed.</summary>
    internal static CartCost Of(
        Cost cost,
        IReadOnlyList<FrozenOutcome>? promotions,
        IReadOnlyList<StoredTax>? taxes,
        Taxation? taxation,
        ChosenShipping? shipping
    )
    {
        var tax = StoredTax.Sum(taxes ?? [], cost.Total.Currency);
        return new(
            cost.Subtotal,
            cost.Discount,
            cost.Shipping,
            cost.Tax,
            cost.Total,
            new(cost.Total - tax, tax),
            [.. (taxes ?? []).Select(TaxLine.Of)],
            taxation?.Exemption,
            taxation?.IsEstimated ?? false,
            [.. (promotions ?? []).Take(MaxPromotions).Select(one => one.In(cost.Total.Currency))],
            shipping?.Discounts ?? []
        );
    }
}
