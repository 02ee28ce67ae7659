namespace Shop.Data.Pricing.Taxes;

/// <summary>An amount, and the taxes in it or on it.</summary>
internal readonly record struct Taxable(Money Amount, TaxRates Rates)
{
    /// <summary>Its tax, rounded by itself.</summary>
    public Money Tax(TaxTerms terms) =>
        terms.IsIncluded ? Rates.Within(Amount, terms.Rounding) : Rates.OnTopOf(Amount, terms.Rounding);

    /// <summary>Net and tax, with each tax by itself.</summary>
    public Taxed With(Money tax, TaxTerms terms, bool isShipping)
    {
        var net = terms.IsIncluded ? Amount - tax : Amount;
        var lines = Rates.All.Zip(
            Rates.Split(tax),
            (rate, share) =>
                new TaxLine(
                    rate.Name,
                    rate.PerMillion,
                    net,
                    share,
                    terms.IsIncluded,
                    isShipping,
                    terms.Reason(rate)
                )
        );
        return new(new(net, tax), [.. lines]);
    }
}

/// <summary>An amount with its taxes.</summary>
internal sealed record Taxed(TaxedMoney Money, IReadOnlyList<TaxLine> Lines);
