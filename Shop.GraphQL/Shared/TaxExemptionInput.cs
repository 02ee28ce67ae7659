using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>That a customer pays no tax on what goes to a country.</summary>
/// <param name="Kind">Why not.</param>
/// <param name="CountryCode">Which country.</param>
/// <param name="Number">What proves it, as an invoice names it: a VAT number, or that of a certificate. 1 to 40 characters.</param>
internal sealed record TaxExemptionInput(
    TaxExemptionKind Kind,
    [property: CountryCode] string CountryCode,
    [property: MaxText(TaxExemption.MaxNumber)] string Number
)
{
    internal TaxExemption ToExemption() => new(Kind, CountryCode, Number.Trim());

    /// <summary>What of it no customer can have; empty where all is well.</summary>
    /// <param name="field">What the input calls it.</param>
    internal IEnumerable<Problem> Faults(string field)
    {
        if (!CountryCodeScalar.IsAssigned(CountryCode))
        {
            yield return new InvalidInput(
                "It is no country's code: two capitals by ISO 3166-1, such as GB.",
                [field, "countryCode"]
            );
        }

        if (!TaxExemption.IsNumber(Number))
        {
            yield return new InvalidInput(
                $"It has 1 to {TaxExemption.MaxNumber} characters that can be seen.",
                [field, "number"]
            );
        }
    }
}
