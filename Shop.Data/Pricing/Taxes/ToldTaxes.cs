using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes;

/// <summary>Taxes as a service has told them.</summary>
/// <param name="Lines">Of each line, in the order of the question.</param>
/// <param name="Shipping">Of shipping; empty where nothing is shipped.</param>
public sealed record ToldTaxes(IReadOnlyList<IReadOnlyList<ToldTax>> Lines, IReadOnlyList<ToldTax> Shipping)
{
    /// <summary>Each line with its taxes, in order.</summary>
    internal IEnumerable<Taxed> OfGoods(IReadOnlyList<GoodsCharge> goods, TaxTerms terms) =>
        goods.Zip(Lines, (one, taxes) => With(one.Left, taxes, terms, isShipping: false));

    /// <summary>Shipping with its taxes.</summary>
    internal Taxed OfShipping(Money amount, TaxTerms terms) =>
        With(amount, Shipping, terms, isShipping: true);

    private static Taxed With(Money amount, IReadOnlyList<ToldTax> taxes, TaxTerms terms, bool isShipping)
    {
        var tax = new Money(taxes.Sum(one => one.Minor), amount.Currency);
        var net = terms.IsIncluded ? amount - tax : amount;
        return new(
            new(net, tax),
            [
                .. taxes.Select(one => new TaxLine(
                    one.Name,
                    one.PerMillion,
                    net,
                    new(one.Minor, amount.Currency),
                    terms.IsIncluded,
                    isShipping,
                    one.Reason
                )),
            ]
        );
    }
}

/// <summary>A tax on a line or on shipping.</summary>
/// <param name="Name">As an invoice calls it.</param>
/// <param name="PerMillion">Parts per million: 14.975 % is 149,750.</param>
/// <param name="Minor">The tax, in minor units; zero or more.</param>
/// <param name="Reason">Why it is nothing; null where it is not.</param>
public sealed record ToldTax(string Name, long PerMillion, long Minor, TaxReason? Reason);
