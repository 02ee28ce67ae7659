using Microsoft.Extensions.Options;
using Shop.Data.Storage;

namespace Shop.Data.Orders.Keys;

/// <summary>
/// Forgets idempotency keys that are older than <see cref="OrderOptions.KeyRetention"/>: placed again, such a key is a new
/// one. What became of a state of a cart is not forgotten with it, so no client can order the same cart twice, however
/// late it tries again.
/// </summary>
public sealed class ForgetKeys(
    Database<OrdersDb> database,
    IOptions<OrderOptions> options,
    TimeProvider clock
)
{
    /// <summary>Keys that one run forgets at most. Small enough that it holds its locks for milliseconds.</summary>
    public const int BatchSize = 2000;

    /// <returns>How many were forgotten; <see cref="BatchSize"/> means that there may be more.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            $"""
            with old as (
                select key from orders.idempotency_key where created_at < $1
                order by created_at limit {BatchSize}
                for update skip locked),
            gone as (
                delete from orders.idempotency_key k using old where k.key = old.key and k.cart_hash is null),
            kept as (
                update orders.idempotency_key k set key = gen_random_uuid(), created_at = null
                from old where k.key = old.key and k.cart_hash is not null)
            select count(*)::int from old
            """
        );
        command.Parameters.Add(Sql.Value(clock.GetUtcNow() - options.Value.KeyRetention));
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
