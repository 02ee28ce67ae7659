using Npgsql;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Inventory;

/// <summary>A level as staff has counted it.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="VariantId">Of which SKU, which is in the catalogue.</param>
/// <param name="Available">Units; zero to <see cref="StockChange.MaxUnits"/>.</param>
/// <param name="ChangeFrom">Refused unless this is the level now; null skips the check.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SetStockRequest(
    Guid IdempotencyKey,
    VariantId VariantId,
    int Available,
    int? ChangeFrom,
    CustomerId Actor
);

/// <summary>Sets a level: compare and set. A level that is the same moves nothing.</summary>
public sealed class SetStock(StockChange change)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<StockChangeResult> RunAsync(SetStockRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "inventory"),
            new(request.VariantId, MovementKind.Set, Reason: null, "stockSet", request.Actor),
            available =>
                request.ChangeFrom is { } from && from != available
                    ? (available, new StockChangeResult.ChangedBefore(available))
                    : (request.Available, null),
            cancel
        );
}
