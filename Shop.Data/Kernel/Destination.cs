namespace Shop.Data.Kernel;

/// <summary>Where an order goes, as far as prices depend on it.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="Region">ISO 3166-2 code, such as <c>US-NY</c>; null where it is not known.</param>
/// <param name="PostalCode">As the country writes it; null where it is not known, or there is none.</param>
public sealed record Destination(string Country, string? Region, string? PostalCode = null)
{
    // ISO 3166-2: a country, a hyphen, and so many letters and digits.
    private const int LongestSubdivision = 3;

    /// <summary>
    /// Where this address is. Its region is only known where it is written as a code, such as <c>NY</c> or <c>US-NY</c>: people
    /// write the names of regions in more ways than anybody can list.
    /// </summary>
    public static Destination Of(Address address) =>
        new(
            address.CountryCode,
            address.Region is { } region ? RegionOf(address.CountryCode, region) : null,
            Known(address.PostalCode)
        );

    /// <summary>The ISO 3166-2 code of a region; null where the text has not the form of one of this country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 code.</param>
    /// <param name="text">With the country or without, in small letters or in capitals.</param>
    public static string? RegionOf(string country, string text)
    {
        var code = text.Trim(' ').ToUpperInvariant();
        var start = country + "-";
        var subdivision = code.StartsWith(start, StringComparison.Ordinal) ? code[start.Length..] : code;
        return
            subdivision.Length is > 0 and <= LongestSubdivision && subdivision.All(char.IsAsciiLetterOrDigit)
            ? start + subdivision
            : null;
    }

    /// <summary>Whether a text is a region's ISO 3166-2 code, as it is written: <c>US-NY</c>.</summary>
    public static bool IsRegion(string text) =>
        text.Split('-') is [{ Length: 2 } country, _]
        && country.All(char.IsAsciiLetterUpper)
        && RegionOf(country, text) == text;

    /// <summary>A text without blanks around it; null where there is nothing in it.</summary>
    public static string? Known(string? text) => text?.Trim(' ') is { Length: > 0 } known ? known : null;
}
