using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing;

/// <summary>How an order goes, and what that costs. An order keeps it as it was when it was placed.</summary>
/// <param name="Method">Which way the customer has chosen.</param>
/// <param name="Title">What it was called then.</param>
/// <param name="Carrier">Who carries it; null where that was not said.</param>
/// <param name="MinDays">The fewest days that it takes; null where that was not said.</param>
/// <param name="MaxDays">The most days that it takes; null where that was not said.</param>
/// <param name="Price">What it costs, before promotions.</param>
/// <param name="Due">What is to be paid for it.</param>
/// <param name="Discounts">Which promotions took off how much, in order; null where none did.</param>
public sealed record ChosenShipping(
    ShippingMethodId Method,
    string Title,
    string? Carrier,
    int? MinDays,
    int? MaxDays,
    Money Price,
    TaxedMoney Due,
    IReadOnlyList<DiscountAllocation>? Discounts
);
