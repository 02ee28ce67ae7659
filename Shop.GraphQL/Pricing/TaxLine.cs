using Shop.Data.Pricing.Taxes;
using StoredTax = Shop.Data.Pricing.Taxes.TaxLine;

namespace Shop.GraphQL.Pricing;

/// <summary>A tax on a line, or on a whole cart or order.</summary>
/// <param name="Name">As an invoice calls it.</param>
/// <param name="Percent">How high it is, with four decimals at most: `14.975`.</param>
/// <param name="Base">What is taxed, without tax.</param>
/// <param name="Tax">The tax.</param>
/// <param name="IsIncluded">It is in the prices already; else it comes on top.</param>
/// <param name="IsShipping">It is on shipping.</param>
/// <param name="Reason">Why it is nothing; null where it is not.</param>
internal sealed record TaxLine(
    string Name,
    decimal Percent,
    Money Base,
    Money Tax,
    bool IsIncluded,
    bool IsShipping,
    TaxReason? Reason
)
{
    internal static TaxLine Of(StoredTax line) =>
        new(
            line.Name,
            Percents.Of(line.PerMillion),
            line.Base,
            line.Tax,
            line.IsIncluded,
            line.IsShipping,
            line.Reason
        );
}
