using Microsoft.EntityFrameworkCore;
using Shop.Data.Shipping;
using Shop.Data.Storage;

namespace Shop.GraphQL.Shipping;

/// <summary>What staff finds of shipping.</summary>
internal sealed class ShippingQueries(Reads<ShippingDb> reads)
{
    /// <summary>All zones, the newest first.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<ShippingZone>> ShippingZonesAsync(ForwardPage page, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<Zone> rows = db.Zones;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var zones = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<ShippingZone>.Of(
            zones.ConvertAll(ShippingZone.Of),
            page,
            zone => Cursor.Of(zone.Id.Value)
        );
    }

    /// <summary>All ways to ship, also those that customers cannot choose; the newest first.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<ShippingMethod>> ShippingMethodsAsync(
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<Method> rows = db.Methods;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var methods = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<ShippingMethod>.Of(
            methods.ConvertAll(ShippingMethod.Of),
            page,
            method => Cursor.Of(method.Id.Value)
        );
    }
}
