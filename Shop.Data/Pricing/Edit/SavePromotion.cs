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

/// <summary>Makes a promotion, or changes it. Orders that were placed keep what they were promised.</summary>
public sealed class SavePromotion(PromotionChange change)
{
    /// <summary>The most promotions that run or are to run.</summary>
    public const int MaxRunning = 500;

    /// <summary>The most of them that apply with no other: a cart is quoted once more for each.</summary>
    public const int MaxAlone = 10;

    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<SavePromotionResult> RunAsync(SavePromotionRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "pricing"),
            new(request.Id, request.IfVersion, request.Actor, "promotionSave"),
            (_, _) => request.Promotion,
            cancel
        );
}
