using Shop.Data.Channels;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes;

/// <summary>The taxes of the lines of an order.</summary>
internal static class GoodsTaxes
{
    /// <summary>Each with its taxes, in order.</summary>
    public static IEnumerable<Taxed> Of(IReadOnlyList<GoodsCharge> goods, TaxTerms terms)
    {
        var due = terms.Due;
        var lines = goods.Select(one => new Taxable(one.Left, due.Of(one.Line.TaxClass))).ToList();
        return lines.Zip(Rounded(lines, terms), (line, tax) => line.With(tax, terms, isShipping: false));
    }

    private static Money[] Rounded(IReadOnlyList<Taxable> lines, TaxTerms terms) =>
        terms.PerWhat == TaxRounding.PerLine
            ? [.. lines.Select(line => line.Tax(terms))]
            : PerRate(lines, terms);

    // The sum of what is taxed alike rounds once; its lines share it, so that they still add up.
    private static Money[] PerRate(IReadOnlyList<Taxable> lines, TaxTerms terms)
    {
        var taxes = new Money[lines.Count];
        foreach (var alike in lines.Index().GroupBy(line => line.Item.Rates))
        {
            var sum = alike.Select(line => line.Item.Amount).Aggregate((left, right) => left + right);
            var tax = new Taxable(sum, alike.Key).Tax(terms);
            var shares = tax.Share([.. alike.Select(line => line.Item.Amount.Minor)]);
            foreach (var (line, share) in alike.Zip(shares))
            {
                taxes[line.Index] = share;
            }
        }

        return taxes;
    }
}
