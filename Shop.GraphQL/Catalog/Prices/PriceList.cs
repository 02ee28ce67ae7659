using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Scalars;
using StoredList = Shop.Data.Catalog.Prices.PriceList;

namespace Shop.GraphQL.Catalog.Prices;

/// <summary>
/// Prices for a group of customers, or for all, that stand in place of what SKUs cost by themselves. Of the lists that count for a
/// customer, `priority` decides; `priceTrace` tells why a price is charged.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change of it or of its prices.</param>
/// <param name="Title">What staff calls it.</param>
/// <param name="CustomerGroup">The group of customers that it is for; null for everybody.</param>
/// <param name="CurrencyCode">What all its prices are in, ISO 4217.</param>
/// <param name="Priority">The smaller number comes first.</param>
/// <param name="Pick">How its prices stand against those that come after them.</param>
/// <param name="StartsAt">The first moment at which it counts; null for always.</param>
/// <param name="EndsAt">The first moment at which it counts no more; null for never.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PriceList(
    PriceListId Id,
    int Version,
    string Title,
    string? CustomerGroup,
    [property: CurrencyCode] string CurrencyCode,
    int Priority,
    PriceListPick Pick,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
) : Node
{
    /// <summary>Its prices, by SKU and then by units.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="reads">Finds them.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<Connection<ListPrice>> PricesAsync(
        ForwardPage page,
        [FromServices] Reads<CatalogDb> reads,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var prices = await db
            .ListPrices.Where(row => row.ListId == Id)
            .After(page.Cursor)
            .OrderBy(row => row.VariantId)
            .ThenBy(row => row.MinUnits)
            .Take(page.Take)
            .ToListAsync(cancel);
        return Connection<ListPrice>.Of(
            prices.ConvertAll(row => ListPrice.Of(row, CurrencyCode)),
            page,
            price => price.Cursor
        );
    }

    internal static PriceList Of(StoredList row) =>
        new(
            row.Id,
            row.Version,
            row.Title,
            row.Group,
            row.Currency,
            row.Priority,
            row.Pick,
            row.StartsAt,
            row.EndsAt
        );
}

/// <summary>A price list; for staff alone, as its type says.</summary>
internal sealed class PriceListById(Reads<CatalogDb> reads) : Loader<PriceListId, PriceList>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<PriceListId, PriceList>> FetchAsync(
        IReadOnlyList<PriceListId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.PriceLists.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, PriceList.Of);
    }
}
