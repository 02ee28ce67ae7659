using System.Runtime.CompilerServices;

namespace Shop.Data.Inventory;

/// <summary>A SKU whose level is not what its ledger says.</summary>
public sealed record LedgerDifference(VariantId VariantId, long Expected, int Available);

/// <summary>Units that an order holds of one SKU: its movements, added up and turned round. Zero where all was given back.</summary>
public sealed record Holding(OrderId OrderId, VariantId VariantId, long Units);

/// <summary>What a verification of the shop reads of the stock. Reads the primary.</summary>
public sealed class StockConsistency(Database<InventoryDb> database)
{
    /// <summary>SKUs whose opening stock and movements do not add up to what is available; none in a sound shop.</summary>
    public async IAsyncEnumerable<LedgerDifference> DifferencesAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var command = database.Primary.CreateCommand(
            """
            select s.variant_id, s.opening + coalesce(m.units, 0), s.available
            from inventory.stock s
            left join (
                select variant_id, sum(units) as units from inventory.stock_movement group by variant_id) m
                using (variant_id)
            where s.opening + coalesce(m.units, 0) <> s.available
            order by s.variant_id
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new(new(rows.GetInt64(0)), rows.GetInt64(1), rows.GetInt32(2));
        }
    }

    /// <summary>What every order that ever moved stock holds, by order and SKU. Streams.</summary>
    public async IAsyncEnumerable<Holding> HoldingsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            """
            select order_id, variant_id, -sum(units) from inventory.stock_movement
            where order_id is not null
            group by order_id, variant_id order by order_id, variant_id
            """
        );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return new(new(rows.GetInt64(0)), new(rows.GetInt64(1)), rows.GetInt64(2));
        }
    }
}
