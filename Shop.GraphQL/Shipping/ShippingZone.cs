using Microsoft.EntityFrameworkCore;
using Shop.Data.Shipping;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shipping;

/// <summary>Places that rates are for. Where a place is in several zones, the narrowest counts: postal codes, then regions, then countries.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change.</param>
/// <param name="Title">What staff calls it.</param>
/// <param name="Countries">All of each; at most 250.</param>
/// <param name="Regions">ISO 3166-2 codes, such as `US-NY`; at most 250.</param>
/// <param name="PostalPatterns">Of those places the ones with such postal codes; all of them where it is empty. At most 500.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ShippingZone(
    ShippingZoneId Id,
    int Version,
    string Title,
    [property: CountryCode, ListSize(10)] IReadOnlyList<string> Countries,
    [property: ListSize(10)] IReadOnlyList<string> Regions,
    [property: ListSize(10)] IReadOnlyList<string> PostalPatterns
) : Node
{
    internal static ShippingZone Of(Zone zone) =>
        new(zone.Id, zone.Version, zone.Title, zone.Countries, zone.Regions, zone.PostalPatterns);
}

/// <summary>A zone; for staff alone, as its type says.</summary>
internal sealed class ShippingZoneById(Reads<ShippingDb> reads) : Loader<ShippingZoneId, ShippingZone>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<ShippingZoneId, ShippingZone>> FetchAsync(
        IReadOnlyList<ShippingZoneId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.Zones.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, ShippingZone.Of);
    }
}
