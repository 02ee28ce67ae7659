using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A fixed amount off, as the customer sees it: gross where prices include tax.</summary>
/// <param name="Goods"><see cref="PromotionStage.Lines"/> or <see cref="PromotionStage.Order"/>.</param>
/// <param name="Amounts">One for each currency.</param>
/// <param name="Per">Off each unit, or off all together.</param>
/// <param name="Of">Which lines.</param>
public sealed record AmountOff(PromotionStage Goods, IReadOnlyList<Money> Amounts, AmountPer Per, Items Of)
    : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => Goods;

    internal override bool IsByLine => Per == AmountPer.Unit;

    internal override Cuts CutsIn(Pass pass) =>
        Amounts.In(pass.Currency) is not { } amount ? Cuts.None(new(PromotionReason.NoAmountInCurrency))
        : Per == AmountPer.Unit
            ? Cuts.Of(pass, Of, charge => charge.Left.AtMost(amount * charge.Line.Quantity))
        : Cuts.Shared(amount, pass, Of);
}

/// <summary>What an amount is for.</summary>
public enum AmountPer
{
    /// <summary>All that it is off of, together.</summary>
    Total,

    /// <summary>Each unit.</summary>
    Unit,
}
