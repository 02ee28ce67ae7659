using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Edit;

/// <summary>A promotion as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key saves once.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Promotion">All of it, but for id and version, which are not read.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SavePromotionRequest(
    Guid IdempotencyKey,
    PromotionId? Id,
    int? IfVersion,
    Promotion Promotion,
    CustomerId Actor
);

/// <summary>Every way <see cref="SavePromotion"/> can end that a client can do something about.</summary>
public abstract record SavePromotionResult
{
    private SavePromotionResult() { }

    /// <summary>It is saved, and carts are quoted by it from now on.</summary>
    /// <param name="Id">Which one it is.</param>
    /// <param name="Replayed">True where an earlier call had saved it.</param>
    public sealed record Saved(PromotionId Id, bool Replayed) : SavePromotionResult;

    /// <summary>There is no such promotion.</summary>
    public sealed record NotFound : SavePromotionResult;

    /// <summary>It is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SavePromotionResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : SavePromotionResult;

    /// <summary>No promotion can be so.</summary>
    /// <param name="Faults">One or more.</param>
    public sealed record Refused(IReadOnlyList<PromotionFault> Faults) : SavePromotionResult;
}

/// <summary>
/// Makes a promotion, or changes it. Saves take turns, so that groups stay of one kind. Orders that were placed keep what they
/// were promised.
/// </summary>
public sealed class SavePromotion(
    Database<PricingDb> database,
    RunningPromotions running,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>The most promotions that run or are to run.</summary>
    public const int MaxRunning = 500;

    /// <summary>The most of them that apply with no other: a cart is quoted once more for each.</summary>
    public const int MaxAlone = 10;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<SavePromotionResult> RunAsync(SavePromotionRequest request, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = request.Id ?? newId.Next<PromotionId>();
        var now = clock.GetUtcNow();
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "pricing");
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
            .SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
        if (request.Id is not null && stored is null)
        {
            return new SavePromotionResult.NotFound();
        }

        if (stored is not null && request.IfVersion is { } version && version != stored.Version)
        {
            return new SavePromotionResult.VersionConflict(stored.Version);
        }

        var saved = request.Promotion with
        {
            Id = id,
            Version = (stored?.Version ?? 0) + 1,
            StartsAt = request.Promotion.StartsAt?.ToUniversalTime(),
            EndsAt = request.Promotion.EndsAt?.ToUniversalTime(),
            PausedAt = request.Promotion.PausedAt?.ToUniversalTime(),
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

        await WriteAsync(db, stored, saved, new(request.Actor, "promotionSave", now, newId), cancel);
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

        if (saved.Alone && others.Count(one => one.Alone) >= MaxAlone)
        {
            yield return PromotionFault.TooManyAlone;
        }

        if (others.Count >= MaxRunning)
        {
            yield return PromotionFault.TooMany;
        }
    }
}
