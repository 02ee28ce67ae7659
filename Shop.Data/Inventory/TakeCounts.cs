using Npgsql;
using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>
/// Sets levels to what an imported file says of them, each with a movement in the ledger. A SKU that was never counted opens with
/// it; a level that is the same moves nothing.
/// </summary>
public sealed class TakeCounts(
    Database<InventoryDb> database,
    Receivers receivers,
    StockAnnouncements announcements,
    TimeProvider clock
)
{
    private const string Reason = "An imported file says so.";

    /// <summary>Does what was not done before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<VariantsCounted>> told, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var inbox = new Inbox("inventory", clock.GetUtcNow());
        var moved = new List<VariantLevel>();
        foreach (var message in await inbox.TakeAsync(connection, told, cancel))
        {
            moved.AddRange(
                await connection.ListAsync(
                    OpenStock.Statement(
                        [.. message.Body.Variants.Select(count => (count.VariantId, count.Units))],
                        inbox.Now
                    ),
                    StockFacts.Level,
                    cancel
                )
            );
            moved.AddRange(await SetAsync(connection, message.Body, inbox.Now, cancel));
        }

        await StockFacts.TellAsync(connection, receivers, Last(moved), inbox.Now, cancel);
        await transaction.CommitAsync(cancel);
        StopPoint.Reach("counts committed, nobody told");
        await announcements.PublishAsync([.. moved.Select(level => level.VariantId).Distinct()]);
    }

    // Two files may tell of one SKU.
    private static VariantLevel[] Last(IEnumerable<VariantLevel> moved) =>
        [.. moved.GroupBy(level => level.VariantId).Select(levels => levels.MaxBy(level => level.Version)!)];

    private static Task<List<VariantLevel>> SetAsync(
        NpgsqlConnection connection,
        VariantsCounted told,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var at = Sql.Value(now);
        return connection.ListAsync(
            $"""
            with counted as (
                select * from unnest(
                    {Sql.Column(told.Variants, count => count.VariantId.Value)},
                    {Sql.Column(told.Variants, count => count.Units)}) as c(variant_id, units)),
            locked as materialized (
                select variant_id, available from inventory.stock
                where variant_id in (select variant_id from counted) order by variant_id for update),
            moved as (
                select variant_id, c.units - l.available as units from locked l join counted c using (variant_id)
                where c.units <> l.available),
            levels as (
                update inventory.stock s
                set available = s.available + m.units, version = s.version + 1, updated_at = {at}
                from moved m where s.variant_id = m.variant_id
                returning s.variant_id, s.available, s.version, 0 as sold),
            movements as (
                insert into inventory.stock_movement (variant_id, kind, units, at, actor_id, reason)
                select variant_id, {(short)MovementKind.Set}, units, {at}, {Sql.Value(told.Actor?.Value)},
                    {Sql.Value(Reason)}
                from moved)
            select variant_id, available, version, sold from levels
            """,
            StockFacts.Level,
            cancel
        );
    }
}
