using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Goods cost so much or more.</summary>
/// <param name="Gte">The least, one for each currency.</param>
/// <param name="Of">Which goods.</param>
/// <param name="Measured">Before or after what other promotions take off.</param>
public sealed record SubtotalIs(IReadOnlyList<Money> Gte, Items Of, Measured Measured) : Condition
{
    internal override Hindrance? Check(Pass pass)
    {
        if (Gte.In(pass.Currency) is not { } least)
        {
            return new(PromotionReason.NoAmountInCurrency);
        }

        var missing = least.Minor;
        foreach (var charge in pass.Goods)
        {
            if (Of.Counts(charge))
            {
                missing -= (Measured == Measured.SoFar ? charge.Left : charge.Full).Minor;
            }
        }

        return missing > 0 ? new(PromotionReason.Subtotal, least with { Minor = missing }) : null;
    }
}

/// <summary>When a subtotal is measured.</summary>
public enum Measured
{
    /// <summary>After what earlier promotions have taken off.</summary>
    SoFar,

    /// <summary>Before all promotions, those of product pages as well.</summary>
    BeforeDiscounts,
}
