using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog.Prices;

/// <summary>What staff does to a list.</summary>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Actor">Who of staff.</param>
/// <param name="Action">What it is called in the schema.</param>
internal sealed record PriceListDeed(PriceListId? Id, int? IfVersion, CustomerId Actor, string Action);

/// <summary>A change of a list, in its transaction.</summary>
/// <param name="Db">Where it is written.</param>
/// <param name="Id">Which list.</param>
/// <param name="Stored">The list as it is; null for a new one.</param>
/// <param name="Trail">What is changed.</param>
/// <param name="Now">The moment of the change.</param>
internal sealed record PriceListWrite(
    CatalogDb Db,
    PriceListId Id,
    PriceList? Stored,
    AuditTrail Trail,
    DateTimeOffset Now
)
{
    public NpgsqlConnection Connection => (NpgsqlConnection)Db.Database.GetDbConnection();
}

/// <summary>
/// Changes one price list: key, list, prices and audit entries in one transaction. Changes take turns, so that no two are the last
/// list for which there is room.
/// </summary>
public sealed class PriceListChange(
    Database<CatalogDb> database,
    Receivers receivers,
    CatalogAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="call">How often it is done: once.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="write">Writes it, or says why it cannot be.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    internal async Task<PriceListResult> RunAsync(
        IdempotentCall call,
        PriceListDeed deed,
        Func<PriceListWrite, Task<IReadOnlyList<PriceListFault>>> write,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = deed.Id ?? newId.Next<PriceListId>();
        var now = clock.GetUtcNow();
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new PriceListResult.Saved(new(first), Replayed: true)
                : new PriceListResult.KeyConflict();
        }

        await db.Database.ExecuteSqlAsync(
            $"lock table catalog.price_list in share row exclusive mode",
            cancel
        );
        var stored = await db
            .PriceLists.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == deed.Id, cancel);
        if (deed.Id is not null && stored is null)
        {
            return new PriceListResult.NotFound();
        }

        if (stored is not null && deed.IfVersion is { } version && version != stored.Version)
        {
            return new PriceListResult.VersionConflict(stored.Version);
        }

        var trail = new AuditTrail(deed.Actor, deed.Action, now, newId);
        if (await write(new(db, id, stored, trail, now)) is { Count: > 0 } faults)
        {
            return new PriceListResult.Refused(faults);
        }

        await trail.WriteAsync(connection, "catalog", cancel);
        var facts = new CatalogFacts(receivers, now);
        facts.Changed(id);
        await facts.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync(new CatalogChange { HasPrices = true });
        return new PriceListResult.Saved(id, Replayed: false);
    }
}
