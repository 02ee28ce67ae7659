using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog.Prices;

/// <summary>Prices of a list as staff wants them to be; what is not named stays.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key sets them once.</param>
/// <param name="List">Whose prices.</param>
/// <param name="IfVersion">The version that the list has to be at; null for any.</param>
/// <param name="Prices">At most <see cref="SetListPrices.MaxPrices"/>; of SKUs that are there.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SetListPricesRequest(
    Guid IdempotencyKey,
    PriceListId List,
    int? IfVersion,
    IReadOnlyList<PriceToSet> Prices,
    CustomerId Actor
);

/// <summary>What a SKU shall cost.</summary>
/// <param name="Variant">The SKU.</param>
/// <param name="MinUnits">From so many units on.</param>
/// <param name="Amount">Of one unit, as people write it; null for no price any more.</param>
/// <param name="CompareAt">What one cost before, as people write it; null where that is not worth showing.</param>
/// <param name="StartsAt">The first moment at which it counts; null for as long as the list does.</param>
/// <param name="EndsAt">The first moment at which it counts no more; null for as long as the list does.</param>
public sealed record PriceToSet(
    VariantId Variant,
    int MinUnits,
    decimal? Amount,
    decimal? CompareAt,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
);

/// <summary>Sets prices of a list, or takes them out: all or none. The list's version rises by one.</summary>
public sealed class SetListPrices(PriceListChange change)
{
    /// <summary>The most prices of a call.</summary>
    public const int MaxPrices = 1000;

    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<PriceListResult> RunAsync(SetListPricesRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "catalog"),
            new(request.List, request.IfVersion, request.Actor, "priceListPricesSet"),
            write => WriteAsync(write, request.Prices, cancel),
            cancel
        );

    private static async Task<IReadOnlyList<PriceListFault>> WriteAsync(
        PriceListWrite write,
        IReadOnlyList<PriceToSet> prices,
        CancellationToken cancel
    )
    {
        var currency = write.Stored!.Currency;
        var faults = Faults(prices, currency).ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        var variants = prices.Select(price => price.Variant).Distinct().ToArray();
        var stored = await write
            .Db.ListPrices.AsNoTracking()
            .Where(row => row.ListId == write.Id && variants.Contains(row.VariantId))
            .ToDictionaryAsync(row => (row.VariantId, row.MinUnits), cancel);
        var changed = new List<PriceToSet>();
        foreach (var price in prices)
        {
            var was = stored.GetValueOrDefault((price.Variant, price.MinUnits)) is { } row
                ? ToldPrice.Of(row, currency)
                : null;
            var becomes = price.Amount is null ? null : ToldPrice.Of(price, write.Id, currency);
            if (was != becomes)
            {
                changed.Add(price);
                write.Trail.Note("ProductVariant", price.Variant, was, becomes);
            }
        }

        await StoreAsync(write, changed, currency, cancel);
        return [];
    }

    private static Task StoreAsync(
        PriceListWrite write,
        List<PriceToSet> changed,
        string currency,
        CancellationToken cancel
    )
    {
        var (gone, set) = (
            changed.FindAll(price => price.Amount is null),
            changed.FindAll(price => price.Amount is not null)
        );
        return write.Connection.ExecuteAsync(
            [
                Sql.Batched(
                    $"""
                    delete from catalog.price p
                    using unnest(
                        {Sql.Column(gone, price => price.Variant.Value)},
                        {Sql.Column(gone, price => price.MinUnits)}) as g(variant, units)
                    where p.list_id = {Sql.Value(
                        write.Id.Value
                    )} and p.variant_id = g.variant and p.min_units = g.units
                    """
                ),
                Sql.Batched(
                    $"""
                    insert into catalog.price as p (list_id, variant_id, min_units, amount_minor,
                        compare_at_minor, starts_at, ends_at)
                    select {Sql.Value(write.Id.Value)}, variant, units, amount, compare_at, starts_at, ends_at
                    from unnest(
                        {Sql.Column(set, price => price.Variant.Value)},
                        {Sql.Column(set, price => price.MinUnits)},
                        {Sql.Column(set, price => Money.Of(price.Amount!.Value, currency).Minor)},
                        {Sql.Column(set, price => Minor(price.CompareAt, currency))},
                        {Sql.Column(set, price => price.StartsAt?.ToUniversalTime())},
                        {Sql.Column(set, price => price.EndsAt?.ToUniversalTime())})
                        as s(variant, units, amount, compare_at, starts_at, ends_at)
                    on conflict (variant_id, list_id, min_units) do update
                    set amount_minor = excluded.amount_minor, compare_at_minor = excluded.compare_at_minor,
                        starts_at = excluded.starts_at, ends_at = excluded.ends_at
                    """
                ),
                Sql.Batched(
                    $"update catalog.price_list set version = version + 1 where id = {Sql.Value(write.Id.Value)}"
                ),
            ],
            cancel
        );
    }

    private static IEnumerable<PriceListFault> Faults(IReadOnlyList<PriceToSet> prices, string currency)
    {
        var seen = new HashSet<(VariantId, int)>();
        foreach (var (index, price) in prices.Index())
        {
            if (price.MinUnits is < 1 or > ListPrice.MaxUnits)
            {
                yield return new(PriceListFaultKind.MinUnits, index);
            }
            else if (!seen.Add((price.Variant, price.MinUnits)))
            {
                yield return new(PriceListFaultKind.Twice, index);
            }

            if (price.Amount is { } amount && !ProductRules.IsPrice(amount, currency))
            {
                yield return new(PriceListFaultKind.Amount, index);
            }

            if (
                price.CompareAt is { } before
                && (!(before > price.Amount) || !ProductRules.IsPrice(before, currency))
            )
            {
                yield return new(PriceListFaultKind.CompareAt, index);
            }

            if (price.EndsAt <= price.StartsAt)
            {
                yield return new(PriceListFaultKind.EndsAt, index);
            }
        }
    }

    private static long? Minor(decimal? amount, string currency) =>
        amount is { } one ? Money.Of(one, currency).Minor : null;

    /// <summary>What the audit trail keeps of a price.</summary>
    private sealed record ToldPrice(
        PriceListId List,
        int MinUnits,
        string Price,
        string? CompareAtPrice,
        DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt
    )
    {
        public static ToldPrice Of(ListPrice row, string currency) =>
            new(
                row.ListId,
                row.MinUnits,
                Told(row.AmountMinor, currency)!,
                Told(row.CompareAtMinor, currency),
                row.StartsAt,
                row.EndsAt
            );

        public static ToldPrice Of(PriceToSet price, PriceListId list, string currency) =>
            new(
                list,
                price.MinUnits,
                Told(Minor(price.Amount, currency), currency)!,
                Told(Minor(price.CompareAt, currency), currency),
                price.StartsAt?.ToUniversalTime(),
                price.EndsAt?.ToUniversalTime()
            );

        private static string? Told(long? minor, string currency) =>
            minor is { } known
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{new Money(known, currency).Amount} {currency}"
                )
                : null;
    }
}
