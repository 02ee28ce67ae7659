using Shop.Data.Pricing;
using Shop.Data.Shipping;

namespace Shop.Data.Checkout;

/// <summary>Whether a cart can go in the way that its shopper has chosen.</summary>
public static class ShippingFits
{
    /// <summary>Why it cannot; null where it can, and where nothing has to be shipped.</summary>
    /// <param name="quote">Quoted with the way, as far as it goes there.</param>
    /// <param name="chosen">The way; null as long as none is.</param>
    /// <param name="book">What the shop says of shipping. Where it ships nowhere, nothing is to be chosen.</param>
    public static CheckOutResult? Refusal(Quote quote, ShippingMethodId? chosen, ShippingBook book) =>
        !IsMissed(quote) ? null
        : chosen is { } method ? new CheckOutResult.ShippingUnavailable(method)
        : book.Active.Count > 0 ? new CheckOutResult.ShippingNeeded()
        : null;

    /// <summary>Whether something has to be shipped, and it does not go in the way that was chosen, or none was.</summary>
    public static bool IsMissed(Quote quote) =>
        quote.Shipping is null && quote.Lines.Any(line => line.Line.RequiresShipping);

    /// <summary>What an order keeps of the way; null where nothing had to be shipped.</summary>
    public static ChosenShipping? Chosen(Way way, Quote quote) =>
        quote.Shipping is { } shipping
            ? new(
                way.Id,
                way.Title,
                way.Carrier,
                way.MinDays,
                way.MaxDays,
                shipping.Price,
                shipping.Due,
                shipping.Discounts.Count == 0 ? null : [.. shipping.Discounts.Select(DiscountAllocation.Of)]
            )
            : null;
}
