using Npgsql;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Inventory;

/// <summary>Units that came in or are gone without an order.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="VariantId">Of which SKU, which is in the catalogue.</param>
/// <param name="By">More than zero for units that came in, less for those that are gone.</param>
/// <param name="Reason">Why; 1 to 500 characters.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record AdjustStockRequest(
    Guid IdempotencyKey,
    VariantId VariantId,
    int By,
    string Reason,
    CustomerId Actor
);

/// <summary>Adds units to a level or takes them away, never below zero.</summary>
public sealed class AdjustStock(StockChange change)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<StockChangeResult> RunAsync(AdjustStockRequest request, CancellationToken cancel) =>
        change.RunAsync(
            IdempotentCall.Of(request.IdempotencyKey, request, "inventory"),
            new(request.VariantId, MovementKind.Adjusted, request.Reason, "stockAdjust", request.Actor),
            available =>
                ((long)available + request.By) switch
                {
                    < 0 => (available, new StockChangeResult.TooFew(available)),
                    > StockChange.MaxUnits => (available, new StockChangeResult.TooMany()),
                    var level => ((int)level, null),
                },
            cancel
        );
}
