using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>There are so many units or more.</summary>
/// <param name="Gte">The least.</param>
/// <param name="Of">Of which goods, taken together.</param>
public sealed record UnitsAre(int Gte, Items Of) : Condition
{
    internal override Hindrance? Check(Pass pass)
    {
        var missing = Gte;
        foreach (var charge in pass.Goods)
        {
            missing -= Of.Counts(charge) ? charge.Line.Quantity : 0;
        }

        return missing > 0 ? new(PromotionReason.TooFewUnits, MissingUnits: missing) : null;
    }
}
