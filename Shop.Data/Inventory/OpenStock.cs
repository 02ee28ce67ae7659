using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Data.Inventory;

/// <summary>Counts SKUs for the first time. A SKU that has a level keeps it, so an import can be repeated.</summary>
public sealed class OpenStock(Database<InventoryDb> database, TimeProvider clock)
{
    /// <param name="levels">SKUs, each once, and their units, zero or more. One statement, whatever their number.</param>
    /// <param name="cancel">Ends the wait; nothing was written then.</param>
    /// <returns>How many SKUs had no level before.</returns>
    public async Task<int> RunAsync(
        IReadOnlyCollection<(VariantId VariantId, int Units)> levels,
        CancellationToken cancel
    )
    {
        await using var command = database.Primary.CreateCommand(
            """
            insert into inventory.stock (variant_id, opening, available, version, updated_at)
            select l.variant_id, l.units, l.units, 1, $3 from unnest($1, $2) as l(variant_id, units)
            on conflict (variant_id) do nothing
            """
        );
        command.Parameters.Add(Sql.Value(levels.Select(level => level.VariantId.Value).ToArray()));
        command.Parameters.Add(Sql.Value(levels.Select(level => level.Units).ToArray()));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
