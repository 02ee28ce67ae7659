using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Shipping.Edit;

/// <summary>What of a zone or a method cannot be.</summary>
public enum ShippingFault
{
    /// <summary>The title has 1 to 200 characters.</summary>
    Title,

    /// <summary>A zone has a country or a region, and regions are ISO 3166-2 codes.</summary>
    Places,

    /// <summary>Postal patterns have 1 to 20 characters, a letter or a digit among them; a star only at the end.</summary>
    PostalPatterns,

    /// <summary>Days are 0 to 365, and the fewest are not more than the most.</summary>
    Days,

    /// <summary>A class of taxes is 1 to 50 small letters, digits and hyphens.</summary>
    TaxClass,

    /// <summary>Conditions stand at most four deep, are at most twenty, and each asks for something.</summary>
    Conditions,

    /// <summary>
    /// Rates name zones that there are, begin at zero or more and end after that, cost zero or more, and do not overlap in one zone
    /// and currency. Only those by weight or units cost more per unit.
    /// </summary>
    Rates,

    /// <summary>A service of rates is named by 1 to 50 small letters, digits and hyphens.</summary>
    Service,

    /// <summary>There are at most 200 zones, and at most 30 active methods of 200.</summary>
    TooMany,
}

/// <summary>Looks through a zone or a method, beside all that there are.</summary>
internal static class ShippingFaults
{
    private const int MaxTitle = 200;
    private const int MaxDays = 365;
    private const int MaxTerms = 200;

    public static IEnumerable<ShippingFault> Of(ShippingBook book, Zone zone) =>
        Unsound(
            (IsTitle(zone), ShippingFault.Title),
            (
                zone.Countries.Length + zone.Regions.Length > 0 && zone.Regions.All(Destination.IsRegion),
                ShippingFault.Places
            ),
            (zone.PostalPatterns.All(Places.IsPostalCode), ShippingFault.PostalPatterns),
            (book.Zones.Count(other => other.Id != zone.Id) < MaxTerms, ShippingFault.TooMany)
        );

    public static IEnumerable<ShippingFault> Of(ShippingBook book, Method method)
    {
        var zones = book.Zones.Select(zone => zone.Id).ToHashSet();
        var others = book.Methods.Where(other => other.Id != method.Id).ToList();
        return Unsound(
            (IsTitle(method), ShippingFault.Title),
            (
                (method.MinDays ?? 0) is >= 0 and var least
                    && (method.MaxDays ?? MaxDays) is <= MaxDays and var most
                    && least <= most,
                ShippingFault.Days
            ),
            (method.TaxClass is null || PlainText.IsWord(method.TaxClass), ShippingFault.TaxClass),
            (
                method.When is null || PromotionFaults.OfConditions(method.When) is [],
                ShippingFault.Conditions
            ),
            (method.Service is null || PlainText.IsWord(method.Service), ShippingFault.Service),
            (
                method.Rates.All(rate => zones.Contains(rate.Zone) && IsSound(rate, method.By))
                    && !method.Rates.Index().Any(one => OverlapsEarlier(method.Rates, one.Index)),
                ShippingFault.Rates
            ),
            (
                others.Count < MaxTerms
                    && (!method.IsActive || others.Count(other => other.IsActive) < Method.MaxActive),
                ShippingFault.TooMany
            )
        );
    }

    private static IEnumerable<ShippingFault> Unsound(params (bool IsSound, ShippingFault Fault)[] looks) =>
        looks.Where(look => !look.IsSound).Select(look => look.Fault);

    private static bool IsTitle(ShippingTerm term) => term.Title.Trim().Length is > 0 and <= MaxTitle;

    private static bool IsSound(ZoneRate rate, RateBy by) =>
        rate.From >= 0
        && !(rate.Until <= rate.From)
        && rate.Price.Minor >= 0
        && Currencies.Exists(rate.Price.Currency)
        && (
            rate.PerUnit is not { } more
            || (
                by is RateBy.Weight or RateBy.Units && more.Minor >= 0 && more.Currency == rate.Price.Currency
            )
        );

    private static bool OverlapsEarlier(IReadOnlyList<ZoneRate> rates, int index)
    {
        var rate = rates[index];
        return rates
            .Take(index)
            .Any(other =>
                other.Zone == rate.Zone
                && other.Price.Currency == rate.Price.Currency
                && (other.Until is null || rate.From < other.Until)
                && (rate.Until is null || other.From < rate.Until)
            );
    }
}
