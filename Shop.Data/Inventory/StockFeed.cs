using Npgsql;
using Shop.Data.Inventory.Messages;

namespace Shop.Data.Inventory;

/// <summary>The stock as other contexts copy it, beside <see cref="StockMoved"/>. Reads the primary.</summary>
public sealed class StockFeed(Database<InventoryDb> database)
{
    /// <summary>The levels of these SKUs, as if nothing was sold last; one that was never counted is left out.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<VariantLevel>> ReadAsync(
        IReadOnlyCollection<VariantId> variants,
        CancellationToken cancel
    ) =>
        await database.Primary.ListAsync(
            $"""
            select variant_id, available, version from inventory.stock
            where variant_id = any({Sql.Column(variants, variant => variant.Value)}) order by variant_id
            """,
            row => new VariantLevel(new(row.GetInt64(0)), row.GetInt32(1), row.GetInt32(2), Sold: 0),
            cancel
        );
}
