using Shop.Data.Channels;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes;

/// <summary>Which taxes are on shipping: in the end those of the goods that are shipped.</summary>
internal static class ShippingTaxes
{
    /// <summary>What of shipping is taxed how; together it is all of it.</summary>
    /// <param name="charge">What shipping costs.</param>
    /// <param name="goods">What is shipped.</param>
    /// <param name="terms">How shipping is taxed.</param>
    /// <param name="zone">Whose taxes; their order decides between equals.</param>
    public static IReadOnlyList<Taxable> Portions(
        Money charge,
        IReadOnlyList<GoodsCharge> goods,
        TaxTerms terms,
        TaxZone zone
    )
    {
        if (terms.Shipping == ShippingTax.Class)
        {
            return [new(charge, zone.Of(terms.ShippingClass))];
        }

        var kinds = goods
            .GroupBy(one => zone.Of(one.Line.TaxClass))
            .OrderBy(kind => zone.PlaceOf(kind.Key))
            .ToList();
        // What costs nothing after promotions counts by what it cost before; free goods by the highest rate.
        var values = kinds.ConvertAll(kind => kind.Sum(one => one.Left.Minor));
        if (values.TrueForAll(value => value == 0))
        {
            values = kinds.ConvertAll(kind => kind.Sum(one => one.Before.Minor));
        }

        return values.TrueForAll(value => value == 0) || terms.Shipping == ShippingTax.Highest
                ? [new(charge, kinds.Select(kind => kind.Key).MaxBy(rates => rates.Height) ?? TaxRates.None)]
            : terms.Shipping == ShippingTax.Largest
                ? [new(charge, kinds.Zip(values).MaxBy(kind => kind.Second).First.Key)]
            : [.. kinds.Zip(charge.Share(values), (kind, share) => new Taxable(share, kind.Key))];
    }
}
