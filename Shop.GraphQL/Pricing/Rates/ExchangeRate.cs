using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Rates;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Scalars;
using StoredRate = Shop.Data.Pricing.Rates.ExchangeRate;

namespace Shop.GraphQL.Pricing.Rates;

/// <summary>
/// What one unit of the shop's currency costs in another one, from a moment until the next rate of that currency begins. Prices that
/// the shop has not set in a currency are converted by it.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was set; rises by one with each change. Once it has begun, it stays as it is.</param>
/// <param name="CurrencyCode">The other currency.</param>
/// <param name="Rate">More than 0, up to 1,000,000; nine decimals at most.</param>
/// <param name="From">The first moment at which it counts.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ExchangeRate(
    ExchangeRateId Id,
    int Version,
    [property: CurrencyCode] string CurrencyCode,
    decimal Rate,
    DateTimeOffset From
) : Node
{
    internal static ExchangeRate Of(StoredRate row) =>
        new(row.Id, row.Version, row.Currency, row.Rate, row.StartsAt);
}

/// <summary>A rate; for staff alone, as its type says.</summary>
internal sealed class ExchangeRateById(Reads<PricingDb> reads) : Loader<ExchangeRateId, ExchangeRate>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<ExchangeRateId, ExchangeRate>> FetchAsync(
        IReadOnlyList<ExchangeRateId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.ExchangeRates.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, ExchangeRate.Of);
    }
}

/// <summary>What is found of currencies.</summary>
internal sealed class RateQueries(Reads<PricingDb> reads, CurrentRates rates)
{
    /// <summary>
    /// What clients can name in the header `Shop-Currency` to see prices in it, and carts be made in: the shop's own currency first,
    /// then the others whose exchange rate is known. At most 160.
    /// </summary>
    /// <param name="clock">Tells which rates count.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Public(Conversion.Channel), CurrencyCode, ListSize(5)]
    public async Task<IReadOnlyList<string>> CurrenciesAsync(
        [FromServices] TimeProvider clock,
        CancellationToken cancel
    )
    {
        var book = await rates.ReadAsync(cancel);
        var now = clock.GetUtcNow();
        return [.. book.Offered.Where(code => code == book.Home || book.To(code, now) is not null)];
    }

    /// <summary>The exchange rates that were set, planned ones too; the newest first.</summary>
    /// <param name="currencyCode">Of this currency alone; of all where it is left out.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<ExchangeRate>> ExchangeRatesAsync(
        [CurrencyCode] string? currencyCode,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<StoredRate> rows = db.ExchangeRates;
        if (currencyCode is not null)
        {
            rows = rows.Where(row => row.Currency == currencyCode);
        }

        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var found = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<ExchangeRate>.Of(
            found.ConvertAll(ExchangeRate.Of),
            page,
            rate => Cursor.Of(rate.Id.Value)
        );
    }
}
