using Npgsql;
using Shop.Data.Audit;
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
            await MoveAsync(connection, deed, level - available, now, cancel);
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
    private static async Task<int> LockAsync(
        NpgsqlConnection connection,
        VariantId variant,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // An update that changes nothing: it locks what is there, and answers also where the row is new.
        await using var command = new NpgsqlCommand(
            """
            insert into inventory.stock as s (variant_id, opening, available, version, updated_at)
            values ($1, 0, 0, 1, $2)
            on conflict (variant_id) do update set available = s.available
            returning available
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(variant.Value));
        command.Parameters.Add(Sql.Value(now));
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task MoveAsync(
        NpgsqlConnection connection,
        StockDeed deed,
        int units,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            with level as (
                update inventory.stock set available = available + $2, version = version + 1, updated_at = $3
                where variant_id = $1)
            insert into inventory.stock_movement (variant_id, kind, units, at, actor_id, reason)
            values ($1, $4, $2, $3, $5, $6)
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(deed.VariantId.Value));
        command.Parameters.Add(Sql.Value(units));
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value((short)deed.Kind));
        command.Parameters.Add(Sql.Value(deed.Actor.Value));
        command.Parameters.Add(Sql.Value(deed.Reason));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
