using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What a promotion would take off: from where, and how much.</summary>
internal readonly record struct Cut(Charge From, Money Amount);

/// <summary>What a promotion would take off; or what hinders it.</summary>
/// <param name="All">Each more than zero, and no more than what is left.</param>
/// <param name="Hindrance">Null exactly where there are cuts.</param>
internal sealed record Cuts(IReadOnlyList<Cut> All, Hindrance? Hindrance)
{
    public static Cuts None(Hindrance hindrance) => new([], hindrance);

    /// <summary>So much from each; where that is nothing, why.</summary>
    public static Cuts Of<TCharge>(
        IEnumerable<TCharge> charges,
        Func<TCharge, Money> amount,
        Func<Hindrance> whyNothing
    )
        where TCharge : Charge => Of(charges.Select(charge => new Cut(charge, amount(charge))), whyNothing);

    /// <summary>An amount, or as much of it as is left, shared by what is left.</summary>
    public static Cuts Shared(Money amount, IReadOnlyList<GoodsCharge> charges, Func<Hindrance> whyNothing) =>
        Shared(amount, charges, charge => charge.Left, whyNothing);

    /// <summary>An amount, or as much of it as there is weight, shared by weights that are no more than what is left.</summary>
    public static Cuts Shared(
        Money amount,
        IReadOnlyList<GoodsCharge> charges,
        Func<GoodsCharge, Money> weight,
        Func<Hindrance> whyNothing
    )
    {
        var weights = charges.Select(charge => weight(charge).Minor).ToList();
        var shares = amount.AtMost(new(weights.Sum(), amount.Currency)).Share(weights);
        return Of(charges.Zip(shares, (charge, share) => new Cut(charge, share)), whyNothing);
    }

    /// <summary>So much from shipping; where that is nothing, why.</summary>
    public static Cuts OfShipping(Pass pass, Func<Charge, Money> amount) =>
        pass.Shipping is { } shipping
            ? Of([shipping], amount, static () => new(PromotionReason.NothingLeft))
            : None(new(PromotionReason.ShippingMethod));

    /// <summary>No more than a bound, which is shared by what would be taken off without it.</summary>
    /// <param name="max">One for each currency; null for no bound.</param>
    /// <param name="currency">That of the quote.</param>
    public Cuts AtMost(IReadOnlyList<Money>? max, string currency)
    {
        if (max is null || Hindrance is not null)
        {
            return this;
        }

        if (max.In(currency) is not { } most)
        {
            return None(new(PromotionReason.NoAmountInCurrency));
        }

        var amounts = All.Select(cut => cut.Amount.Minor).ToList();
        var shares = most.AtMost(new(amounts.Sum(), currency)).Share(amounts);
        return Of(
            All.Zip(shares, (cut, share) => cut with { Amount = share }),
            static () => new(PromotionReason.NothingLeft)
        );
    }

    private static Cuts Of(IEnumerable<Cut> cuts, Func<Hindrance> whyNothing)
    {
        var all = cuts.Where(cut => cut.Amount.Minor > 0).ToList();
        return all.Count > 0 ? new(all, null) : None(whyNothing());
    }
}
