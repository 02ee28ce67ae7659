using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog.Prices;

/// <summary>A price list as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key saves once.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="List">All of it, but for id and version, which are not read.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SavePriceListRequest(
    Guid IdempotencyKey,
    PriceListId? Id,
    int? IfVersion,
    PriceList List,
    CustomerId Actor
);

/// <summary>Makes a price list, or changes it. Its prices stay.</summary>
public sealed class SavePriceList(PriceListChange change)
{
    private const int MaxTitle = 200;

    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<PriceListResult> RunAsync(SavePriceListRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "catalog"),
            new(request.Id, request.IfVersion, request.Actor, "priceListSave"),
            write => WriteAsync(write, request.List, cancel),
            cancel
        );

    private static async Task<IReadOnlyList<PriceListFault>> WriteAsync(
        PriceListWrite write,
        PriceList wanted,
        CancellationToken cancel
    )
    {
        var (db, stored, now) = (write.Db, write.Stored, write.Now);
        var saved = wanted with
        {
            Id = write.Id,
            Version = (stored?.Version ?? 0) + 1,
            StartsAt = wanted.StartsAt?.ToUniversalTime(),
            EndsAt = wanted.EndsAt?.ToUniversalTime(),
        };
        var others = await db.PriceLists.CountAsync(
            one => one.Id != saved.Id && (one.EndsAt == null || one.EndsAt > now),
            cancel
        );
        var faults = Faults(saved, stored, others).ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        if (stored is null)
        {
            db.Add(saved);
            write.Trail.Note("PriceList", saved.Id, before: null, saved);
        }
        else
        {
            db.Update(saved);
            write.Trail.NoteDifference("PriceList", saved.Id, stored, saved);
        }

        await db.SaveChangesAsync(cancel);
        return [];
    }

    private static IEnumerable<PriceListFault> Faults(PriceList saved, PriceList? stored, int others) =>
        from look in new (bool IsSound, PriceListFaultKind Kind)[]
        {
            (saved.Title.Trim().Length is > 0 and <= MaxTitle, PriceListFaultKind.Title),
            (
                Currencies.Exists(saved.Currency) && (stored is null || stored.Currency == saved.Currency),
                PriceListFaultKind.Currency
            ),
            (saved.Group is null || CustomerGroup.IsOne(saved.Group), PriceListFaultKind.Group),
            (saved.StartsAt is null || !(saved.EndsAt <= saved.StartsAt), PriceListFaultKind.EndsAt),
            (others < PriceList.MaxRunning, PriceListFaultKind.TooMany),
        }
        where !look.IsSound
        select new PriceListFault(look.Kind);
}
