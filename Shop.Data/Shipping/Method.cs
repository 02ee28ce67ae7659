using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Shipping;

/// <summary>A way to ship: who carries it, how long that takes, and what it costs where to.</summary>
public sealed record Method : ShippingTerm
{
    /// <summary>The most that customers can choose from, and so that are active.</summary>
    public const int MaxActive = 30;

    /// <summary>Names it.</summary>
    public required ShippingMethodId Id { get; init; }

    /// <summary>Who carries it; null where that is not said.</summary>
    public string? Carrier { get; init; }

    /// <summary>The fewest days that it takes; null where that is not said.</summary>
    public int? MinDays { get; init; }

    /// <summary>The most days that it takes; null where that is not said.</summary>
    public int? MaxDays { get; init; }

    /// <summary>Customers can choose it.</summary>
    public bool IsActive { get; init; }

    /// <summary>How it is taxed: a class that tax zones name; null for as the shop taxes shipping.</summary>
    public string? TaxClass { get; init; }

    /// <summary>What has to be so; null for nothing.</summary>
    public Condition? When { get; init; }

    /// <summary>What the service that tells rates calls it, 1 to 50 small letters, digits and hyphens; null where its table alone counts.</summary>
    public string? Service { get; init; }

    /// <summary>What its price depends on.</summary>
    public RateBy By { get; init; }

    /// <summary>What it costs, by zone, where no carrier tells it. It goes nowhere else then.</summary>
    public IReadOnlyList<ZoneRate> Rates { get; init; } = [];
}

/// <summary>A step of what a method costs to a zone.</summary>
/// <param name="Zone">Where to.</param>
/// <param name="From">The least measure: grams, minor units or units, as the method says.</param>
/// <param name="Until">The first measure past it; null for no end.</param>
/// <param name="Price">What shipping costs; zero or more.</param>
/// <param name="PerUnit">What each unit, or each kilogram that is begun, past <paramref name="From"/> costs beside; null for nothing.</param>
public sealed record ZoneRate(ShippingZoneId Zone, long From, long? Until, Money Price, Money? PerUnit);
