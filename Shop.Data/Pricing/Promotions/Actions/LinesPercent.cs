using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A percentage off lines, rounded once for each line.</summary>
/// <param name="PerMillion">Parts per million: 100,000 is 10 %.</param>
/// <param name="Of">Which lines.</param>
/// <param name="Max">What it takes off at most in all, one for each currency; null for no bound.</param>
public sealed record LinesPercent(long PerMillion, Items Of, IReadOnlyList<Money>? Max) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Lines;

    internal override bool IsByLine => Max is null;

    internal override Cuts CutsIn(Pass pass) =>
        Cuts.Of(pass, Of, charge => charge.Left.PerMillion(PerMillion, pass.Rounding))
            .AtMost(Max, pass.Currency);
}
