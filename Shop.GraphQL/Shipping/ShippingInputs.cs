using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping;
using Shop.GraphQL.Engine.Scalars;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Shipping;

/// <summary>A zone as it shall be. It is the whole truth: what is left out is as if it had never been said.</summary>
/// <param name="Title">What staff calls it; 1 to 200 characters.</param>
/// <param name="Countries">All of each; at most 250.</param>
/// <param name="Regions">ISO 3166-2 codes, such as `US-NY`; at most 250.</param>
/// <param name="PostalPatterns">
/// Of those places the ones with such postal codes, a star at the end standing for anything: `BT*`. All of them where it is left out. At
/// most 500, each of 20 characters at most.
/// </param>
internal sealed record ShippingZoneInput(
    [property: MaxText(200)] string Title,
    [property: CountryCode, MaxItems(250), ListSize(10)] IReadOnlyList<string>? Countries,
    [property: MaxItems(250), ListSize(10)] IReadOnlyList<string>? Regions,
    [property: MaxItems(500), ListSize(10)] IReadOnlyList<string>? PostalPatterns
)
{
    internal Zone ToZone() =>
        new()
        {
            Id = default,
            Title = Title.Trim(),
            Countries = [.. (Countries ?? []).Distinct()],
            Regions = [.. (Regions ?? []).Distinct()],
            PostalPatterns = [.. (PostalPatterns ?? []).Distinct()],
        };

    /// <summary>What no zone can have; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults()
    {
        foreach (var (index, country) in (Countries ?? []).Index())
        {
            if (!CountryCodeScalar.IsAssigned(country))
            {
                yield return new InvalidInput(
                    "It is no country's code: two capitals by ISO 3166-1, such as GB.",
                    ["zone", "countries", $"{index}"]
                );
            }
        }
    }
}

/// <summary>A zone to be made or changed.</summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which zone; null for a new one.</param>
/// <param name="IfVersion">Refused unless the zone is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Zone">The zone as it shall be.</param>
internal sealed record ShippingZoneSaveInput(
    Guid IdempotencyKey,
    ShippingZoneId? Id,
    int? IfVersion,
    ShippingZoneInput Zone
);

/// <summary>A way to ship as it shall be. It is the whole truth: what is left out is as if it had never been said.</summary>
/// <param name="Title">What customers read of it; 1 to 200 characters.</param>
/// <param name="Carrier">Who carries it; at most 100 characters.</param>
/// <param name="MinDays">The fewest days that it takes; 0 to 365.</param>
/// <param name="MaxDays">The most days that it takes; 0 to 365.</param>
/// <param name="IsActive">Customers can choose it; at most 30 methods are active.</param>
/// <param name="TaxClass">How it is taxed: a class that tax zones name. As the shop taxes shipping where it is left out.</param>
/// <param name="When">What has to be so; nothing where it is left out.</param>
/// <param name="RateService">
/// What the service that tells carriers' own rates calls it, 1 to 50 small letters, digits and hyphens; its table alone counts where that
/// is left out.
/// </param>
/// <param name="By">What its price depends on.</param>
/// <param name="Rates">What it costs, by zone; it goes nowhere else. At most 200.</param>
internal sealed record ShippingMethodInput(
    [property: MaxText(200)] string Title,
    [property: MaxText(100)] string? Carrier,
    int? MinDays,
    int? MaxDays,
    bool IsActive,
    [property: MaxText(50)] string? TaxClass,
    ConditionInput? When,
    [property: MaxText(50)] string? RateService,
    RateBy By,
    [property: MaxItems(200), ListSize(10)] IReadOnlyList<ShippingRateInput> Rates
)
{
    internal Method ToMethod() =>
        new()
        {
            Id = default,
            Title = Title.Trim(),
            Carrier = Carrier?.Trim() is { Length: > 0 } carrier ? carrier : null,
            MinDays = MinDays,
            MaxDays = MaxDays,
            IsActive = IsActive,
            TaxClass = TaxClass,
            When = When?.ToCondition(),
            Service = RateService,
            By = By,
            Rates = [.. Rates.Select(rate => rate.ToRate())],
        };
}

/// <summary>A step of what a method costs to a zone. Those of one zone and currency do not overlap.</summary>
/// <param name="ZoneId">Where to.</param>
/// <param name="From">
/// The least measure: grams, minor units of the price's currency, or units, as the method says. 0 or more, and 0 where it is left out.
/// </param>
/// <param name="Until">The first measure past it; no end where it is left out.</param>
/// <param name="Price">What shipping costs; zero or more.</param>
/// <param name="PerUnit">
/// What each unit, or each kilogram that is begun, past `from` costs beside, for methods by units or weight; nothing where it is left out.
/// </param>
internal sealed record ShippingRateInput(
    ShippingZoneId ZoneId,
    int? From,
    int? Until,
    Money Price,
    Money? PerUnit
)
{
    internal ZoneRate ToRate() => new(ZoneId, From ?? 0, Until, Price, PerUnit);
}

/// <summary>A way to ship to be made or changed.</summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">Refused unless it is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Method">The way as it shall be.</param>
internal sealed record ShippingMethodSaveInput(
    Guid IdempotencyKey,
    ShippingMethodId? Id,
    int? IfVersion,
    ShippingMethodInput Method
);
