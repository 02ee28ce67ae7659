using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Where it goes: one of these countries, or one of these regions.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2 codes.</param>
/// <param name="Regions">ISO 3166-2 codes, such as <c>US-NY</c>.</param>
public sealed record DestinationIs(HashSet<string> Countries, HashSet<string> Regions) : Condition
{
    internal override Hindrance? Check(Pass pass) =>
        pass.Request.Destination is { } place
        && (Countries.Contains(place.Country) || (place.Region is { } region && Regions.Contains(region)))
            ? null
            : new(PromotionReason.Destination);
}
