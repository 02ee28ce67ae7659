using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A percentage off the price of a unit. It is rounded for a unit, since a product page shows it.</summary>
/// <param name="PerMillion">Parts per million: 100,000 is 10 %.</param>
/// <param name="Of">Which SKUs.</param>
public sealed record ReducePrice(long PerMillion, Items Of) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Price;

    internal override bool IsByLine => true;

    internal override Cuts CutsIn(Pass pass) =>
        Cuts.Of(
            pass,
            Of,
            charge => charge.UnitPrice.PerMillion(PerMillion, pass.Rounding) * charge.Line.Quantity
        );
}
