using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>Where an order goes.</summary>
/// <param name="Name">Who receives it; at most 200 characters.</param>
/// <param name="Line1">Street and house; at most 200 characters.</param>
/// <param name="Line2">Flat, floor or company; at most 200 characters.</param>
/// <param name="City">Town; at most 100 characters.</param>
/// <param name="Region">State or county, where the country has them; at most 100 characters.</param>
/// <param name="PostalCode">As the country writes it; at most 20 characters. Empty where it has none.</param>
/// <param name="CountryCode">The country.</param>
internal sealed record AddressInput(
    string Name,
    string Line1,
    string? Line2,
    string City,
    string? Region,
    string PostalCode,
    [property: CountryCode] string CountryCode
)
{
    internal Address ToAddress() => new(Name, Line1, Line2, City, Region, PostalCode, CountryCode);

    /// <summary>What of it no address can have; empty where all is well.</summary>
    /// <param name="field">What the input calls it.</param>
    internal IEnumerable<Problem> Faults(string field)
    {
        (string Name, string? Text, int Max, bool IsNeeded)[] fields =
        [
            ("name", Name, 200, true),
            ("line1", Line1, 200, true),
            ("line2", Line2, 200, false),
            ("city", City, 100, true),
            ("region", Region, 100, false),
            ("postalCode", PostalCode, 20, false),
        ];
        foreach (var (name, text, max, isNeeded) in fields)
        {
            if (FaultOf(text, max, isNeeded) is { } fault)
            {
                yield return new InvalidInput(fault, [field, name]);
            }
        }

        if (!CountryCodeScalar.IsAssigned(CountryCode))
        {
            yield return new InvalidInput(
                "It is no country's code: two capitals by ISO 3166-1, such as GB.",
                [field, "countryCode"]
            );
        }
    }

    private static string? FaultOf(string? text, int max, bool isNeeded) =>
        text?.Trim(' ') is null or "" || isNeeded && PlainText.IsEmpty(text)
            ? isNeeded
                ? "It must not be empty."
                : null
            : text.Length > max
                ? $"It may have {max} characters; it has {text.Length}."
                : !PlainText.IsName(text)
                    ? "It must be one line of text without hidden characters."
                    : null;
}
