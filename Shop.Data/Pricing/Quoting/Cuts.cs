using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What a promotion would take off: from where, and how much.</summary>
internal readonly record struct Cut(Charge From, Money Amount);

/// <summary>What a promotion would take off; or what hinders it. Loops, since each promotion asks of each line.</summary>
/// <param name="All">Each more than zero, and no more than what is left.</param>
/// <param name="Hindrance">Null exactly where there are cuts.</param>
internal sealed record Cuts(List<Cut> All, Hindrance? Hindrance)
{
    private static readonly List<Cut> _none = [];

    /// <summary>All that is taken off, in minor units.</summary>
    public long Minor
    {
        get
        {
            var sum = 0L;
            foreach (var cut in All)
            {
                sum += cut.Amount.Minor;
            }

            return sum;
        }
    }

    public static Cuts None(Hindrance hindrance) => new(_none, hindrance);

    /// <summary>So much from each line of these goods; where that is nothing, why.</summary>
    public static Cuts Of(Pass pass, Items goods, Func<GoodsCharge, Money> amount)
    {
        var all = new List<Cut>();
        foreach (var charge in pass.Goods)
        {
            if (goods.Reduces(charge))
            {
                AddTo(all, charge, amount(charge));
            }
        }

        return all.Count > 0 ? new(all, null) : None(goods.NothingIn(pass));
    }

    /// <summary>An amount, or as much of it as is left, shared by what is left of these goods.</summary>
    public static Cuts Shared(Money amount, Pass pass, Items goods) =>
        Shared(amount, pass, goods, static charge => charge.Left);

    /// <summary>An amount, or as much of it as there is weight, shared by weights that are no more than what is left.</summary>
    public static Cuts Shared(Money amount, Pass pass, Items goods, Func<GoodsCharge, Money> weight)
    {
        var charges = goods.In(pass);
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

        return all.Count > 0 ? new(all, null) : None(goods.NothingIn(pass));
    }

    /// <summary>So much from shipping; where that is nothing, why.</summary>
    public static Cuts OfShipping(Pass pass, Func<Charge, Money> amount)
    {
        if (pass.Shipping is not { } shipping)
        {
            return None(new(PromotionReason.ShippingMethod));
        }

        var off = amount(shipping);
        return off.Minor > 0 ? new([new(shipping, off)], null) : None(new(PromotionReason.NothingLeft));
    }

    /// <summary>Those of some charges alone.</summary>
    public Cuts On(Predicate<Cut> cuts) => this with { All = All.FindAll(cuts) };

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

        if (Minor <= most.Minor)
        {
            return this;
        }

        var shares = most.Share([.. All.Select(cut => cut.Amount.Minor)]);
        var all = new List<Cut>(All.Count);
        for (var at = 0; at < All.Count; at++)
        {
            AddTo(all, All[at].From, shares[at]);
        }

        return all.Count > 0 ? new(all, null) : None(new(PromotionReason.NothingLeft));
    }

    private static void AddTo(List<Cut> all, Charge from, Money amount)
    {
        if (amount.Minor > 0)
        {
            all.Add(new(from, amount));
        }
    }
}
