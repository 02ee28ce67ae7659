namespace Shop.Data.Shipping;

/// <summary>Names a zone.</summary>
public readonly record struct ShippingZoneId(long Value) : IRowId<ShippingZoneId>
{
    /// <inheritdoc />
    public static ShippingZoneId From(long value) => new(value);
}

/// <summary>Places that rates are for: countries and regions, or of those the postal codes of some patterns.</summary>
public sealed record Zone : ShippingTerm
{
    /// <summary>Names it.</summary>
    public required ShippingZoneId Id { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes; all of each country.</summary>
    public string[] Countries { get; init; } = [];

    /// <summary>ISO 3166-2 codes, such as <c>US-NY</c>.</summary>
    public string[] Regions { get; init; } = [];

    /// <summary>
    /// Of those places the ones with such a postal code, a star at the end standing for anything: <c>BT*</c>. Empty for all of them.
    /// Capitals, without blanks.
    /// </summary>
    public string[] PostalPatterns { get; init; } = [];

    /// <summary>How narrow it is: where a place is in several, the narrowest counts.</summary>
    internal int Narrowness =>
        PostalPatterns.Length > 0 ? 2
        : Countries.Length > 0 ? 0
        : 1;

    /// <summary>Whether a place is in it.</summary>
    public bool Has(Destination place) =>
        (Countries.Contains(place.Country) || (place.Region is { } region && Regions.Contains(region)))
        && (PostalPatterns.Length == 0 || (place.PostalCode is { } code && IsMeant(Plain(code))));

    /// <summary>A postal code, or a pattern of some, as they are compared: capitals, without blanks.</summary>
    public static string Plain(string postalCode) =>
        postalCode.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private bool IsMeant(string code) =>
        PostalPatterns.Any(pattern =>
            pattern is [.. var start, '*']
                ? code.StartsWith(start, StringComparison.Ordinal)
                : code == pattern
        );
}
