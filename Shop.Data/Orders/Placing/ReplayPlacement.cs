using Shop.Data.Orders.Keys;

namespace Shop.Data.Orders.Placing;

/// <summary>
/// Finds what an earlier call with the same key did. Asked where a cart cannot be ordered now: it may be empty just because
/// the first call, whose answer was lost, has ordered what was in it.
/// </summary>
public sealed class ReplayPlacement(Database<OrdersDb> database)
{
    /// <returns>Null where the key was never used.</returns>
    public async Task<PlaceOrderResult?> RunAsync(
        Guid idempotencyKey,
        byte[] fingerprint,
        CancellationToken cancel
    )
    {
        var uses = await new UsedKeys(database).FindAsync([idempotencyKey], [], cancel);
        return uses.ByKey.ContainsKey(idempotencyKey)
            ? PlaceOrderResult.Replay(uses.Matching(idempotencyKey, fingerprint))
            : null;
    }
}
