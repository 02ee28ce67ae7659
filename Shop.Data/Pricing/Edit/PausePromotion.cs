using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Edit;

/// <summary>A promotion that is to stop now.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key stops it once.</param>
/// <param name="Id">Which one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record PausePromotionRequest(
    Guid IdempotencyKey,
    PromotionId Id,
    int? IfVersion,
    CustomerId Actor
);

/// <summary>Stops a promotion, until it is saved without <c>pausedAt</c>; one that stands still stays as it is.</summary>
public sealed class PausePromotion(PromotionChange change)
{
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<SavePromotionResult> RunAsync(PausePromotionRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "pricing"),
            new(request.Id, request.IfVersion, request.Actor, "promotionPause"),
            (stored, now) => stored! with { PausedAt = stored.PausedAt ?? now },
            cancel
        );
}
