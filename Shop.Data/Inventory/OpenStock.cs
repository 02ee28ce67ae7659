using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>
/// Counts SKUs for the first time. A SKU that has a level keeps it: an import can be repeated, and what is delivered twice needs
/// no inbox.
/// </summary>
public sealed class OpenStock(
    Database<InventoryDb> database,
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

    /// <param name="levels">SKUs and their units, zero or more. One statement, whatever their number.</param>
    /// <param name="cancel">Ends the wait; nothing was written then.</param>
    public async Task RunAsync(
        IReadOnlyCollection<(VariantId VariantId, int Units)> levels,
        CancellationToken cancel
    )
    {
        // In one order for all, so that two who open the same do not wait for each other.
        await using var command = database.Primary.CreateCommand(
            """
            insert into inventory.stock (variant_id, opening, available, version, updated_at)
            select l.variant_id, l.units, l.units, 1, $3 from unnest($1, $2) as l(variant_id, units)
            order by l.variant_id
            on conflict (variant_id) do nothing
            returning variant_id
            """
        );
        command.Parameters.Add(Sql.Value(levels.Select(level => level.VariantId.Value).ToArray()));
        command.Parameters.Add(Sql.Value(levels.Select(level => level.Units).ToArray()));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        var opened = new List<VariantId>(levels.Count);
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                opened.Add(new(rows.GetInt64(0)));
            }
        }

        await announcements.PublishAsync(opened);
    }
}
