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

    /// <summary>Of those places the ones with such a postal code, a star at the end standing for anything: <c>BT*</c>. Empty for all of them.</summary>
    public string[] PostalPatterns { get; init; } = [];

    /// <summary>By how much of it a place is in it; see <see cref="Places.Closeness"/>.</summary>
    internal int? Closeness(Destination place) =>
        new Places(Countries, Regions, PostalPatterns).Closeness(place);
}
