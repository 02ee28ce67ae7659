using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>A percentage off goods taken together: rounded once, then shared by what is left of each line.</summary>
/// <param name="PerMillion">Parts per million: 100,000 is 10 %.</param>
/// <param name="Of">Which goods.</param>
/// <param name="Max">What it takes off at most, one for each currency; null for no bound.</param>
public sealed record OrderPercent(long PerMillion, Items Of, IReadOnlyList<Money>? Max) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Order;

    internal override Cuts CutsIn(Pass pass)
    {
        var total = Money.Zero(pass.Currency);
        foreach (var charge in Of.In(pass))
        {
            total += charge.Left;
        }

        return Cuts.Shared(total.PerMillion(PerMillion, pass.Rounding), pass, Of).AtMost(Max, pass.Currency);
    }
}
