using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>
/// Counts SKUs for the first time. A SKU that has a level keeps it: an import can be repeated, and what is delivered twice needs
/// no inbox.
/// </summary>
public sealed class OpenStock(
    Database<InventoryDb> database,
    Receivers receivers,
    StockAnnouncements announcements,
    TimeProvider clock
)
{
    /// <summary>Opens a level for each SKU that the catalogue tells of.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<VariantsAdded>> told, CancellationToken cancel) =>
        RunAsync(
            [
                .. told.SelectMany(message => message.Body.Variants)
                    .Select(added => (added.VariantId, added.Units)),
            ],
            cancel
        );

    /// <param name="levels">SKUs and their units, zero or more. One transaction, whatever their number.</param>
    /// <param name="cancel">Ends the wait; nothing was written then.</param>
    public async Task RunAsync(
        IReadOnlyCollection<(VariantId VariantId, int Units)> levels,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var opened = await connection.ListAsync(Statement(levels, now), StockFacts.Level, cancel);
        await StockFacts.TellAsync(connection, receivers, opened, now, cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync([.. opened.Select(level => level.VariantId)]);
    }

    /// <summary>Opens levels; answers with those of the SKUs that had none: see <see cref="StockFacts.Level"/>.</summary>
    internal static SqlText Statement(
        IReadOnlyCollection<(VariantId VariantId, int Units)> levels,
        DateTimeOffset now
    ) =>
        // In one order for all, so that two who open the same do not wait for each other.
        Sql.Part(
            $"""
            insert into inventory.stock (variant_id, opening, available, version, updated_at)
            select l.variant_id, l.units, l.units, 1, {Sql.Value(now)}
            from unnest(
                {Sql.Column(levels, level => level.VariantId.Value)},
                {Sql.Column(levels, level => level.Units)}) as l(variant_id, units)
            order by l.variant_id
            on conflict (variant_id) do nothing
            returning variant_id, available, version, 0
            """
        );
}
