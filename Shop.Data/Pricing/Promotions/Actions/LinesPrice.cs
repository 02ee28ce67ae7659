using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A fixed price for each unit of lines that cost more.</summary>
/// <param name="Prices">Of one unit, one for each currency.</param>
/// <param name="Of">Which lines.</param>
public sealed record LinesPrice(IReadOnlyList<Money> Prices, Items Of) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Lines;

    internal override bool IsByLine => true;

    internal override Cuts CutsIn(Pass pass) =>
        Prices.In(pass.Currency) is { } price
            ? Cuts.Of(pass, Of, charge => charge.Left - (price * charge.Line.Quantity))
            : Cuts.None(new(PromotionReason.NoAmountInCurrency));
}
