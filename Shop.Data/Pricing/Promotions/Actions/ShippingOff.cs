using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A percentage off what shipping costs; all of it for free shipping.</summary>
/// <param name="PerMillion">Parts per million: 1,000,000 is 100 %.</param>
/// <param name="Max">What it takes off at most, one for each currency; null for no bound.</param>
public sealed record ShippingPercent(long PerMillion, IReadOnlyList<Money>? Max) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Shipping;

    internal override Cuts CutsIn(Pass pass) =>
        Cuts.OfShipping(pass, charge => charge.Left.PerMillion(PerMillion, pass.Rounding))
            .AtMost(Max, pass.Currency);
}

/// <summary>A fixed price for shipping, where it costs more.</summary>
/// <param name="Prices">One for each currency.</param>
public sealed record ShippingPrice(IReadOnlyList<Money> Prices) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Shipping;

    internal override Cuts CutsIn(Pass pass) =>
        Prices.In(pass.Currency) is { } price
            ? Cuts.OfShipping(pass, charge => charge.Left - price)
            : Cuts.None(new(PromotionReason.NoAmountInCurrency));
}
