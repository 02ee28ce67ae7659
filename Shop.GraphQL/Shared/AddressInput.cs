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
    [property: MaxText(200)] string Name,
    [property: MaxText(200)] string Line1,
    [property: MaxText(200)] string? Line2,
    [property: MaxText(100)] string City,
    [property: MaxText(100)] string? Region,
    [property: MaxText(20)] string PostalCode,
    [property: CountryCode] string CountryCode
)
{
    internal Address ToAddress() => new(Name, Line1, Line2, City, Region, PostalCode, CountryCode);

    /// <summary>What of it no address can have; empty where all is well.</summary>
    /// <param name="field">What the input calls it.</param>
    internal IEnumerable<Problem> Faults(string field)
    {
        (string Name, string? Text, bool IsNeeded)[] fields =
        [
            ("name", Name, true),
            ("line1", Line1, true),
            ("line2", Line2, false),
            ("city", City, true),
            ("region", Region, false),
            ("postalCode", PostalCode, false),
        ];
        foreach (var (name, text, isNeeded) in fields)
        {
            if (isNeeded && string.IsNullOrWhiteSpace(text))
            {
                yield return new InvalidInput("It must not be empty.", [field, name]);
            }
            else if (text?.Any(char.IsControl) == true)
            {
                yield return new InvalidInput("It must be one line of text.", [field, name]);
            }
        }
    }
}
