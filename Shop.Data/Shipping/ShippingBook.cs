using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping.Rates;

namespace Shop.Data.Shipping;

/// <summary>A way to ship that customers can choose.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Title">What customers read of it.</param>
/// <param name="Carrier">Who carries it; null where that is not said.</param>
/// <param name="MinDays">The fewest days that it takes; null where that is not said.</param>
/// <param name="MaxDays">The most days that it takes; null where that is not said.</param>
public sealed record Way(ShippingMethodId Id, string Title, string? Carrier, int? MinDays, int? MaxDays);

/// <summary>All that the shop says of shipping, at one moment.</summary>
/// <param name="zones">Where to.</param>
/// <param name="methods">How; also those that are not active.</param>
public sealed class ShippingBook(IReadOnlyList<Zone> zones, IReadOnlyList<Method> methods)
{
    /// <summary>Those that customers can choose; none where the shop ships nowhere.</summary>
    public IReadOnlyList<Way> Active { get; } =
    [
        .. methods
            .Where(method => method.IsActive)
            .Select(method => new Way(
                method.Id,
                method.Title,
                method.Carrier,
                method.MinDays,
                method.MaxDays
            )),
    ];

    /// <summary>Whether it matters to a way that customers can choose what they have ordered before.</summary>
    public bool AsksOfOrders { get; } =
        methods.Any(method => method.IsActive && method.When?.AsksOfOrders == true);

    /// <summary>What carriers are asked for, sorted; none where tables alone count.</summary>
    internal IReadOnlyList<string> Services { get; } =
    [
        .. methods
            .Where(method => method.IsActive)
            .Select(method => method.Service)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Where to.</summary>
    internal IReadOnlyList<Zone> Zones => zones;

    /// <summary>How; also those that customers cannot choose.</summary>
    internal IReadOnlyList<Method> Methods => methods;

    /// <summary>One that customers can choose; null where it is none.</summary>
    public Way? Find(ShippingMethodId? id) => Active.FirstOrDefault(way => way.Id == id);

    /// <summary>A way as it is quoted to a place; null where it does not go there, or customers cannot choose it.</summary>
    /// <param name="id">Which one; null as long as none is chosen.</param>
    /// <param name="place">Where to; null as long as that is not known.</param>
    /// <param name="told">What carriers have told for the parcel; null for nothing.</param>
    public ShippingMethod? To(ShippingMethodId? id, Destination? place, ToldRates? told = null)
    {
        var method = methods.FirstOrDefault(method => method.IsActive && method.Id == id);
        if (method is null || place is null)
        {
            return null;
        }

        var zone = zones
            .Where(zone =>
                zone.Closeness(place) is not null && method.Rates.Any(rate => rate.Zone == zone.Id)
            )
            .OrderByDescending(zone => zone.Closeness(place))
            .ThenBy(zone => zone.Id.Value)
            .FirstOrDefault();
        var rate = told?.Of(method);
        return zone is null && rate is null
            ? null
            : new(
                method.Id,
                method.By,
                [
                    .. method
                        .Rates.Where(step => step.Zone == zone?.Id)
                        .Select(step => new ShippingRate(step.From, step.Until, step.Price, step.PerUnit)),
                ]
            )
            {
                When = method.When,
                Told = rate,
                TaxClass = method.TaxClass,
            };
    }
}
