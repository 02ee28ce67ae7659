using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What a promotion would take off: from where, and how much.</summary>
internal readonly record struct Cut(Charge From, Money Amount);

/// <summary>What a promotion would take off; or what hinders it. Loops, since each promotion asks of each line.</summary>
/// <param name="All">Each more than zero, and no more than what is left.</param>
/// <param name="Hindrance">Null exactly where there are cuts.</param>
internal sealed record Cuts(IReadOnlyList<Cut> All, Hindrance? Hindrance)
{
    public static Cuts None(Hindrance hindrance) => new([], hindrance);

    /// <summary>So much from each; where that is nothing, why.</summary>
    public static Cuts Of<TCharge>(
        IReadOnlyList<TCharge> charges,
        Func<TCharge, Money> amount,
        Func<Hindrance> whyNothing
    )
        where TCharge : Charge
    {
        var all = new List<Cut>(charges.Count);
        for (var at = 0; at < charges.Count; at++)
        {
            AddTo(all, charges[at], amount(charges[at]));
        }

        return Of(all, whyNothing);
    }

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
        var weights = new long[charges.Count];
        for (var at = 0; at < weights.Length; at++)
        {
            weights[at] = weight(charges[at]).Minor;
        }

        var shares = amount.AtMost(new(weights.Sum(), amount.Currency)).Share(weights);
        var all = new List<Cut>(weights.Length);
        for (var at = 0; at < weights.Length; at++)
        {
            AddTo(all, charges[at], shares[at]);
        }

        return Of(all, whyNothing);
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

        var amounts = All.Select(cut => cut.Amount.Minor).ToArray();
        var sum = amounts.Sum();
        if (sum <= most.Minor)
        {
            return this;
        }

        var shares = most.Share(amounts);
        var all = new List<Cut>(amounts.Length);
        for (var at = 0; at < amounts.Length; at++)
        {
            AddTo(all, All[at].From, shares[at]);
        }

        return Of(all, static () => new(PromotionReason.NothingLeft));
    }

    private static void AddTo(List<Cut> all, Charge from, Money amount)
    {
        if (amount.Minor > 0)
        {
            all.Add(new(from, amount));
        }
    }

    private static Cuts Of(List<Cut> all, Func<Hindrance> whyNothing) =>
        all.Count > 0 ? new(all, null) : None(whyNothing());
}
