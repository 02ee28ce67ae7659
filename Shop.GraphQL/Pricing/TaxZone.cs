using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Pricing;

/// <summary>
/// What a part of the map taxes. Of several zones around a place the closest one taxes it: by postal code, then by region, then by
/// country; the oldest of equals. A place in none is not taxed.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change.</param>
/// <param name="Title">What staff calls it.</param>
/// <param name="Countries">All of each.</param>
/// <param name="Regions">Regions beside those, as ISO 3166-2 writes them: `US-NY`.</param>
/// <param name="PostalCodes">Of those places the ones with such a postal code; `*` at the end of one stands for any rest. Empty for all.</param>
/// <param name="Rates">Its taxes, in the order in which an invoice shows them; at most 20.</param>
[Staff(StaffRole.Pricing)]
internal sealed record TaxZone(
    TaxZoneId Id,
    int Version,
    string Title,
    [property: CountryCode, ListSize(2)] IReadOnlyList<string> Countries,
    [property: ListSize(2)] IReadOnlyList<string> Regions,
    [property: ListSize(2)] IReadOnlyList<string> PostalCodes,
    [property: ListSize(5)] IReadOnlyList<TaxZoneRate> Rates
) : Node
{
    internal static TaxZone Of(StoredTaxZone row) =>
        new(
            row.Id,
            row.Version,
            row.Title,
            row.Places.Countries,
            row.Places.Regions,
            row.Places.PostalCodes,
            [.. row.Rates.Select(TaxZoneRate.Of)]
        );
}

/// <summary>A tax on a class of goods, for as long as the law has it. Several on one class are all due.</summary>
/// <param name="TaxClass">A word that products name; `standard` is the class of those that name none.</param>
/// <param name="Name">As an invoice calls it.</param>
/// <param name="Percent">How high it is, with four decimals at most.</param>
/// <param name="IsCompound">It stands on the price and on the taxes that are not compound.</param>
/// <param name="From">The first moment at which it is due; null for always.</param>
/// <param name="Until">The first moment at which it is due no more; null for never.</param>
[Staff(StaffRole.Pricing)]
internal sealed record TaxZoneRate(
    string TaxClass,
    string Name,
    decimal Percent,
    bool IsCompound,
    DateTimeOffset? From,
    DateTimeOffset? Until
)
{
    internal static TaxZoneRate Of(ZoneRate rate) =>
        new(rate.Class, rate.Name, Percents.Of(rate.PerMillion), rate.IsCompound, rate.From, rate.Until);
}

/// <summary>A zone of taxes; for staff alone, as its type says.</summary>
internal sealed class TaxZoneById(Reads<PricingDb> reads) : Loader<TaxZoneId, TaxZone>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<TaxZoneId, TaxZone>> FetchAsync(
        IReadOnlyList<TaxZoneId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.TaxZones.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, TaxZone.Of);
    }
}

/// <summary>What staff finds of taxes.</summary>
internal sealed class TaxQueries(Reads<PricingDb> reads)
{
    /// <summary>All zones of taxes; the newest first. There are 500 at most.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<TaxZone>> TaxZonesAsync(ForwardPage page, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<StoredTaxZone> rows = db.TaxZones;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var zones = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<TaxZone>.Of(zones.ConvertAll(TaxZone.Of), page, zone => Cursor.Of(zone.Id.Value));
    }
}
