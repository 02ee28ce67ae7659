using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Edit;

/// <summary>A zone of taxes as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key saves once.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Zone">All of it, but for id and version, which are not read.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveTaxZoneRequest(
    Guid IdempotencyKey,
    TaxZoneId? Id,
    int? IfVersion,
    StoredTaxZone Zone,
    CustomerId Actor
);

/// <summary>Every way <see cref="SaveTaxZone"/> can end that a client can do something about.</summary>
public abstract record SaveTaxZoneResult
{
    private SaveTaxZoneResult() { }

    /// <summary>It is saved, and carts are taxed by it from now on.</summary>
    /// <param name="Id">Which one it is.</param>
    /// <param name="Replayed">True where an earlier call had saved it.</param>
    public sealed record Saved(TaxZoneId Id, bool Replayed) : SaveTaxZoneResult;

    /// <summary>There is no such zone.</summary>
    public sealed record NotFound : SaveTaxZoneResult;

    /// <summary>It is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SaveTaxZoneResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : SaveTaxZoneResult;

    /// <summary>No zone can be so.</summary>
    /// <param name="Faults">One or more.</param>
    public sealed record Refused(IReadOnlyList<TaxZoneFault> Faults) : SaveTaxZoneResult;
}

/// <summary>
/// Makes a zone of taxes, or changes it: key, zone and audit entry in one transaction. Orders that were placed keep the taxes
/// they were charged.
/// </summary>
public sealed class SaveTaxZone(
    Database<PricingDb> database,
    CurrentTaxes taxes,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>The most zones: all of them are in the memory of each node.</summary>
    public const int MaxZones = 500;

    /// <summary>The most rates of a zone, so that an order names at most twice as many taxes, for goods and for shipping.</summary>
    public const int MaxRates = 20;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<SaveTaxZoneResult> RunAsync(SaveTaxZoneRequest request, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = request.Id ?? newId.Next<TaxZoneId>();
        var now = clock.GetUtcNow();
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "pricing");
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new SaveTaxZoneResult.Saved(new(first), Replayed: true)
                : new SaveTaxZoneResult.KeyConflict();
        }

        // Changes take turns, so that there are never too many.
        await db.Database.ExecuteSqlAsync($"lock table pricing.tax_zone in share row exclusive mode", cancel);
        var stored = await db
            .TaxZones.AsNoTracking()
            .SingleOrDefaultAsync(zone => zone.Id == request.Id, cancel);
        if (request.Id is not null && stored is null)
        {
            return new SaveTaxZoneResult.NotFound();
        }

        if (stored is not null && request.IfVersion is { } version && version != stored.Version)
        {
            return new SaveTaxZoneResult.VersionConflict(stored.Version);
        }

        var saved = request.Zone with { Id = id, Version = (stored?.Version ?? 0) + 1 };
        var faults = TaxZoneFaults.Of(saved).ToList();
        if (stored is null && await db.TaxZones.CountAsync(cancel) >= MaxZones)
        {
            faults.Add(TaxZoneFault.TooMany);
        }

        if (faults.Count > 0)
        {
            return new SaveTaxZoneResult.Refused(faults);
        }

        await WriteAsync(db, stored, saved, new(request.Actor, "taxZoneSave", now, newId), cancel);
        await transaction.CommitAsync(cancel);
        await taxes.AnnounceAsync();
        return new SaveTaxZoneResult.Saved(id, Replayed: false);
    }

    private static async Task WriteAsync(
        PricingDb db,
        StoredTaxZone? stored,
        StoredTaxZone saved,
        AuditTrail trail,
        CancellationToken cancel
    )
    {
        if (stored is null)
        {
            db.Add(saved);
            trail.Note("TaxZone", saved.Id, before: null, saved);
        }
        else
        {
            db.Update(saved);
            trail.NoteDifference("TaxZone", saved.Id, stored, saved);
        }

        await db.SaveChangesAsync(cancel);
        await trail.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), "pricing", cancel);
    }
}
