using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Edit;

/// <summary>What staff does to a promotion.</summary>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Actor">Who of staff.</param>
/// <param name="Action">What it is called in the schema.</param>
internal sealed record PromotionDeed(PromotionId? Id, int? IfVersion, CustomerId Actor, string Action);

/// <summary>
/// Changes one promotion: key, promotion and audit entry in one transaction. Changes take turns, so that groups stay of one kind.
/// </summary>
public sealed class PromotionChange(
    Database<PricingDb> database,
    RunningPromotions running,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="call">How often it is done: once.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="change">What it shall be, of what it was (null for a new one) and the moment; id and version are not read.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    internal async Task<SavePromotionResult> RunAsync(
        IdempotentCall call,
        PromotionDeed deed,
        Func<Promotion?, DateTimeOffset, Promotion> change,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = deed.Id ?? newId.Next<PromotionId>();
        var now = clock.GetUtcNow();
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new SavePromotionResult.Saved(new(first), Replayed: true)
                : new SavePromotionResult.KeyConflict();
        }

        await db.Database.ExecuteSqlAsync(
            $"lock table pricing.promotion in share row exclusive mode",
            cancel
        );
        var stored = await db
            .Promotions.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == deed.Id, cancel);
        if (deed.Id is not null && stored is null)
        {
            return new SavePromotionResult.NotFound();
        }

        if (stored is not null && deed.IfVersion is { } version && version != stored.Version)
        {
            return new SavePromotionResult.VersionConflict(stored.Version);
        }

        var wanted = change(stored, now);
        var saved = wanted with
        {
            Id = id,
            Version = (stored?.Version ?? 0) + 1,
            StartsAt = wanted.StartsAt?.ToUniversalTime(),
            EndsAt = wanted.EndsAt?.ToUniversalTime(),
            PausedAt = wanted.PausedAt?.ToUniversalTime(),
        };
        var others = await db
            .Promotions.AsNoTracking()
            .NotOver(now)
            .Where(one => one.Id != id)
            .ToListAsync(cancel);
        if (PromotionFaults.Of(saved).Concat(Among(others, saved)).ToList() is { Count: > 0 } faults)
        {
            return new SavePromotionResult.Refused(faults);
        }

        await WriteAsync(db, stored, saved, new(deed.Actor, deed.Action, now, newId), cancel);
        await transaction.CommitAsync(cancel);
        await running.AnnounceAsync();
        return new SavePromotionResult.Saved(id, Replayed: false);
    }

    private static async Task WriteAsync(
        PricingDb db,
        Promotion? stored,
        Promotion saved,
        AuditTrail trail,
        CancellationToken cancel
    )
    {
        if (stored is null)
        {
            db.Add(saved);
            trail.Note("Promotion", saved.Id, before: null, saved);
        }
        else
        {
            db.Update(saved);
            trail.NoteDifference("Promotion", saved.Id, stored, saved);
        }

        await db.SaveChangesAsync(cancel);
        await trail.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), "pricing", cancel);
    }

    private static IEnumerable<PromotionFault> Among(List<Promotion> others, Promotion saved)
    {
        if (
            saved.Group is { } group
            && others.Exists(one =>
                one.Group == group && (one.Stage != saved.Stage || one.Pick != saved.Pick)
            )
        )
        {
            yield return PromotionFault.Group;
        }

        if (saved.Alone && others.Count(one => one.Alone) >= SavePromotion.MaxAlone)
        {
            yield return PromotionFault.TooManyAlone;
        }

        if (others.Count >= SavePromotion.MaxRunning)
        {
            yield return PromotionFault.TooMany;
        }
    }
}
