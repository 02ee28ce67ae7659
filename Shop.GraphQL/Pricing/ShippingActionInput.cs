using Shop.Data.Pricing.Promotions;

namespace Shop.GraphQL.Pricing;

/// <summary>A percentage off shipping.</summary>
/// <param name="Percent">More than 0 and at most 100, which makes it free; with four decimals at most.</param>
/// <param name="Max">What it takes off at most, one for each currency; no bound where it is left out.</param>
internal sealed record ShippingPercentInput(
    decimal Percent,
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money>? Max
)
{
    internal long PerMillion => Percents.PerMillion(Percent);

    internal static ShippingPercentInput From(ShippingPercent action) =>
        new(Percents.Of(action.PerMillion), action.Max);
}

/// <summary>A fixed price for shipping.</summary>
/// <param name="Prices">One for each currency; at most 20.</param>
internal sealed record ShippingPriceInput([property: MaxItems(20), ListSize(1)] IReadOnlyList<Money> Prices);
