using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Scalars;
using StoredList = Shop.Data.Catalog.Prices.PriceList;

namespace Shop.GraphQL.Catalog.Prices;

/// <summary>What staff finds of price lists.</summary>
internal sealed class PriceListQueries(
    Reads<CatalogDb> reads,
    LoaderContext loaders,
    IOptions<ShopOptions> options,
    FindCurrency findCurrency,
    TimeProvider clock
)
{
    /// <summary>All price lists, those that count, that are to count and that are over; the newest first.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<PriceList>> PriceListsAsync(ForwardPage page, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<StoredList> rows = db.PriceLists;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var lists = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<PriceList>.Of(
            lists.ConvertAll(PriceList.Of),
            page,
            list => Cursor.Of(list.Id.Value)
        );
    }

    /// <summary>
    /// Why a SKU costs what it costs: each price that it could have, the one that is charged first, and why the others are not. What is
    /// over by now is left out. Null where there is no such SKU; at most 2,000 prices.
    /// </summary>
    /// <param name="variant">Which SKU.</param>
    /// <param name="context">For whom, when, and how many; one for a guest, now, where it is left out.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing), Cost(10), ListSize(10)]
    public async Task<IReadOnlyList<TracedPrice>?> PriceTraceAsync(
        ProductVariantBy variant,
        PriceContextInput? context,
        CancellationToken cancel
    )
    {
        if (await variant.LoadNamed(loaders).GetResultAsync(cancel) is not { Prices: var prices })
        {
            return null;
        }

        var currency = context?.CurrencyCode ?? options.Value.Currency;
        var of = new PriceContext(
            currency,
            CustomerGroup.NormalForms(context?.CustomerGroups ?? []),
            context?.At ?? clock.GetUtcNow()
        )
        {
            Conversion = (await findCurrency(currency, cancel)).Conversion,
        };
        return
        [
            .. prices
                .Trace(of, context?.Quantity ?? 1)
                .Take(2000)
                .Select(verdict => TracedPrice.Of(prices.Own.In(of.Conversion), verdict)),
        ];
    }
}

/// <summary>For whom, when and how many a price is asked for.</summary>
/// <param name="Quantity">How many units of the SKU are in the cart; 1 where it is left out.</param>
/// <param name="CustomerGroups">The groups that the customer is in; none where it is left out. At most 20.</param>
/// <param name="CurrencyCode">ISO 4217 code; the shop's where it is left out. By the exchange rate of now, where the shop sells in it.</param>
/// <param name="At">The moment; now where it is left out.</param>
internal sealed record PriceContextInput(
    [property: Between(1, Data.Catalog.Prices.ListPrice.MaxUnits)] int? Quantity,
    [property: MaxItems(20)] IReadOnlyList<string>? CustomerGroups,
    [property: CurrencyCode] string? CurrencyCode,
    DateTimeOffset? At
);

/// <summary>A price that a SKU could have.</summary>
/// <param name="MinUnits">It counts for so many units and more.</param>
/// <param name="Price">Of one unit.</param>
/// <param name="CompareAtPrice">What one cost before; null where that is not worth showing.</param>
/// <param name="StartsAt">The first moment at which it counts; null for as long as its list does.</param>
/// <param name="EndsAt">The first moment at which it counts no more; null for as long as its list does.</param>
/// <param name="Loss">Why it is not charged; null for the one that is.</param>
[Staff(StaffRole.Pricing)]
internal sealed record TracedPrice(
    int MinUnits,
    Money Price,
    Money? CompareAtPrice,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    PriceLoss? Loss
)
{
    internal PriceListId? ListId { get; init; }

    /// <summary>Whose price it is; null for the SKU's own.</summary>
    public IDataLoaderResult<PriceList?>? PriceList([FromServices] LoaderContext loaders) =>
        ListId is { } id ? loaders.Get<PriceListById>().Load(id) : null;

    internal static TracedPrice Of(UnitPrice own, PriceVerdict verdict) =>
        verdict.Candidate is { } candidate
            ? new(
                candidate.MinUnits,
                new(candidate.Minor, candidate.List.Currency),
                candidate.CompareAtMinor is { } before ? new Money(before, candidate.List.Currency) : null,
                candidate.StartsAt,
                candidate.EndsAt,
                verdict.Loss
            )
            {
                ListId = candidate.List.Id,
            }
            : new(1, own.Price, own.CompareAt, StartsAt: null, EndsAt: null, verdict.Loss);
}
