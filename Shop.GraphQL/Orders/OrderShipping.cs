using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;

namespace Shop.GraphQL.Orders;

/// <summary>How an order goes, as it was called and cost when the order was placed.</summary>
/// <param name="Id">The option of the cart; opaque and global.</param>
/// <param name="Title">What it was called.</param>
/// <param name="Carrier">Who carries it; null where that was not said.</param>
/// <param name="Price">What it cost, before promotions.</param>
/// <param name="Due">What was to be paid for it.</param>
/// <param name="MinDays">The fewest days that it takes; null where that was not said.</param>
/// <param name="MaxDays">The most days that it takes; null where that was not said.</param>
internal sealed record OrderShipping(
    ShippingMethodId Id,
    string Title,
    string? Carrier,
    Money Price,
    TaxedMoney Due,
    int? MinDays,
    int? MaxDays
)
{
    internal static OrderShipping? Of(ChosenShipping? chosen) =>
        chosen is null
            ? null
            : new(
                chosen.Method,
                chosen.Title,
                chosen.Carrier,
                chosen.Price,
                chosen.Due,
                chosen.MinDays,
                chosen.MaxDays
            );
}
