using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Inventory;

/// <summary>Who of staff changes which level, and why.</summary>
internal sealed record StockDeed(
    VariantId VariantId,
    MovementKind Kind,
    string? Reason,
    string Action,
    CustomerId Actor
);

/// <summary>
/// Changes the level of one SKU on behalf of staff: key, level, movement and audit entry in one transaction, under the lock
/// for which orders wait as well. A SKU that was never counted is opened with none.
/// </summary>
public sealed class StockChange(
    Database<InventoryDb> database,
    Receivers receivers,
    StockAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>The most units of one SKU.</summary>
    public const int MaxUnits = 1_000_000_000;

    /// <param name="call">How often it is done: once.</param>
    /// <param name="deed">Of what, by whom and why.</param>
    /// <param name="decide">Makes the new level of the one there is, or says why not.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    internal async Task<StockChangeResult> RunAsync(
        IdempotentCall call,
        StockDeed deed,
        Func<int, (int Level, StockChangeResult? Refusal)> decide,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        if (await call.BeginAsync(connection, deed.VariantId.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new StockChangeResult.Changed(new(first), Replayed: true)
                : new StockChangeResult.KeyConflict();
        }

        var available = await LockAsync(connection, deed.VariantId, now, cancel);
        var (level, refusal) = decide(available);
        if (refusal is not null)
        {
            return refusal;
        }

        if (level != available)
        {
            var moved = await MoveAsync(connection, deed, level - available, now, cancel);
            await StockFacts.TellAsync(connection, receivers, moved, now, cancel);
            var trail = new AuditTrail(deed.Actor, deed.Action, now, newId);
            trail.Note(
                "ProductVariant",
                deed.VariantId,
                new { available },
                new { available = level, deed.Reason }
            );
            await trail.WriteAsync(connection, "inventory", cancel);
        }

        await transaction.CommitAsync(cancel);
        StopPoint.Reach("stock changed by staff, nobody told");
        await announcements.PublishAsync([deed.VariantId]);
        return new StockChangeResult.Changed(deed.VariantId, Replayed: false);
    }

    /// <returns>What is available, and stays so to the end of the transaction.</returns>
    private static Task<int> LockAsync(
        NpgsqlConnection connection,
        VariantId variant,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        // An update that changes nothing: it locks what is there, and answers also where the row is new.
        connection.ScalarAsync<int>(
            $"""
            insert into inventory.stock as s (variant_id, opening, available, version, updated_at)
            values ({Sql.Value(variant.Value)}, 0, 0, 1, {Sql.Value(now)})
            on conflict (variant_id) do update set available = s.available
            returning available
            """,
            cancel
        );

    private static Task<List<VariantLevel>> MoveAsync(
        NpgsqlConnection connection,
        StockDeed deed,
        int units,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (variant, moved, at) = (Sql.Value(deed.VariantId.Value), Sql.Value(units), Sql.Value(now));
        return connection.ListAsync(
            $"""
            with level as (
                update inventory.stock set available = available + {moved}, version = version + 1, updated_at = {at}
                where variant_id = {variant}
                returning variant_id, available, version, 0 as sold),
            movement as (
                insert into inventory.stock_movement (variant_id, kind, units, at, actor_id, reason)
                values ({variant}, {Sql.Value((short)deed.Kind)}, {moved}, {at}, {Sql.Value(
                deed.Actor.Value
            )},
                    {Sql.Value(deed.Reason)}))
            select variant_id, available, version, sold from level
            """,
            StockFacts.Level,
            cancel
        );
    }
}
