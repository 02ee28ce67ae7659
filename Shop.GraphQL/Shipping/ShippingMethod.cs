using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping;
using Shop.Data.Storage;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Shipping;

/// <summary>A way to ship: who carries it, how long that takes, and what it costs where to.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change.</param>
/// <param name="Title">What customers read of it.</param>
/// <param name="Carrier">Who carries it; null where that is not said.</param>
/// <param name="MinDays">The fewest days that it takes; null where that is not said.</param>
/// <param name="MaxDays">The most days that it takes; null where that is not said.</param>
/// <param name="IsActive">Customers can choose it.</param>
/// <param name="TaxClass">How it is taxed: a class that tax zones name; null for as the shop taxes shipping.</param>
/// <param name="When">What has to be so; null for nothing.</param>
/// <param name="RateService">
/// What the service that tells carriers' own rates calls it; null where its table alone counts. What that service tells counts in place
/// of `rates`, and where it does not take such goods there, the way is not available; where it does not answer, `rates` count.
/// </param>
/// <param name="By">What its price depends on.</param>
/// <param name="Rates">What it costs, by zone; it goes nowhere else. At most 200.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ShippingMethod(
    ShippingMethodId Id,
    int Version,
    string Title,
    string? Carrier,
    int? MinDays,
    int? MaxDays,
    bool IsActive,
    string? TaxClass,
    ConditionInput? When,
    string? RateService,
    RateBy By,
    [property: ListSize(10)] IReadOnlyList<ShippingRate> Rates
) : Node
{
    internal static ShippingMethod Of(Method method) =>
        new(
            method.Id,
            method.Version,
            method.Title,
            method.Carrier,
            method.MinDays,
            method.MaxDays,
            method.IsActive,
            method.TaxClass,
            method.When is null ? null : ConditionInput.Of(method.When),
            method.Service,
            method.By,
            [.. method.Rates.Select(ShippingRate.Of)]
        );
}

/// <summary>A step of what a method costs to a zone.</summary>
/// <param name="From">The least measure: grams, minor units of the price's currency or units, as the method says.</param>
/// <param name="Until">The first measure past it; null for no end.</param>
/// <param name="Price">What shipping costs.</param>
/// <param name="PerUnit">What each unit, or each kilogram that is begun, past `from` costs beside; null for nothing.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ShippingRate(int From, int? Until, Money Price, Money? PerUnit)
{
    /// <summary>Where to.</summary>
    internal ShippingZoneId ZoneId { get; init; }

    /// <summary>Where to.</summary>
    public IDataLoaderResult<ShippingZone> Zone([FromServices] LoaderContext loaders) =>
        loaders.Get<ShippingZoneById>().Require(ZoneId);

    internal static ShippingRate Of(ZoneRate rate) =>
        new(checked((int)rate.From), checked((int?)rate.Until), rate.Price, rate.PerUnit)
        {
            ZoneId = rate.Zone,
        };
}

/// <summary>A method; for staff alone, as its type says.</summary>
internal sealed class ShippingMethodById(Reads<ShippingDb> reads) : Loader<ShippingMethodId, ShippingMethod>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<ShippingMethodId, ShippingMethod>> FetchAsync(
        IReadOnlyList<ShippingMethodId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.Methods.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, ShippingMethod.Of);
    }
}
