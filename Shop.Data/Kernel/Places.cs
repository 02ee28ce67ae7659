namespace Shop.Data.Kernel;

/// <summary>A part of the map, as zones of taxes and of shipping name it. What is given narrows it: all of it has to fit.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2 codes.</param>
/// <param name="Regions">ISO 3166-2 codes, such as <c>US-NY</c>; empty for all of them.</param>
/// <param name="PostalCodes">Postal codes; <c>*</c> at the end of one stands for any rest. Blanks, hyphens and case do not matter. Empty for all.</param>
public sealed record Places(
    IReadOnlyList<string> Countries,
    IReadOnlyList<string> Regions,
    IReadOnlyList<string> PostalCodes
)
{
    private const int ByPostalCode = 2;
    private const int ByRegion = 1;

    /// <summary>How closely it is drawn around a place that is in it: the larger, the closer; null where it is not in it.</summary>
    public int? Closeness(Destination place) =>
        Countries.Contains(place.Country)
        && (Regions.Count == 0 || (place.Region is { } region && Regions.Contains(region)))
        && (PostalCodes.Count == 0 || (place.PostalCode is { } code && IsAmong(Bare(code))))
            ? (PostalCodes.Count > 0 ? ByPostalCode : 0) + (Regions.Count > 0 ? ByRegion : 0)
            : null;

    private bool IsAmong(string code) =>
        PostalCodes.Any(pattern =>
            pattern.EndsWith('*')
                ? code.StartsWith(Bare(pattern[..^1]), StringComparison.Ordinal)
                : code == Bare(pattern)
        );

    private static string Bare(string code) =>
        string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
