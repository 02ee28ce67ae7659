namespace Shop.Data.Kernel;

/// <summary>A part of the map, as zones of taxes and of shipping name it: countries and regions, and of those single postal codes.</summary>
/// <param name="Countries">All of each; ISO 3166-1 alpha-2 codes.</param>
/// <param name="Regions">Regions beside those, or named for themselves; ISO 3166-2 codes, such as <c>US-NY</c>.</param>
/// <param name="PostalCodes">
/// Of those places the ones with such a postal code; <c>*</c> at the end of one stands for any rest. Blanks, hyphens and case do not
/// matter. Empty for all.
/// </param>
public sealed record Places(
    IReadOnlyList<string> Countries,
    IReadOnlyList<string> Regions,
    IReadOnlyList<string> PostalCodes
)
{
    private const int ByPostalCode = 2;
    private const int ByRegion = 1;
    private const int ByCountry = 0;
    private const int MaxPostalCode = 20;

    /// <summary>By how much of it a place is in it: the larger, the closer; null where it is not.</summary>
    public int? Closeness(Destination place)
    {
        int? closeness =
            place.Region is { } region && Regions.Contains(region) ? ByRegion
            : Countries.Contains(place.Country) ? ByCountry
            : null;
        return PostalCodes.Count == 0 ? closeness
            : place.PostalCode is { } code && IsAmong(Bare(code)) ? closeness + ByPostalCode
            : null;
    }

    /// <summary>Whether a text can be one of <see cref="PostalCodes"/>: 1 to 20 letters, digits, blanks and hyphens, and a star only at the end.</summary>
    public static bool IsPostalCode(string text)
    {
        var code = text.EndsWith('*') ? text[..^1] : text;
        return text.Length <= MaxPostalCode
            && code.Any(char.IsLetterOrDigit)
            && code.All(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-');
    }

    private bool IsAmong(string code) =>
        PostalCodes.Any(pattern =>
            pattern.EndsWith('*')
                ? code.StartsWith(Bare(pattern[..^1]), StringComparison.Ordinal)
                : code == Bare(pattern)
        );

    /// <summary>A postal code in capitals, without what stands between its letters and digits.</summary>
    public static string Bare(string code) =>
        string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
