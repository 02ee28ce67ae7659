namespace Shop.Data.Inventory;

/// <summary>A SKU whose level is not what its ledger says.</summary>
public sealed record LedgerDifference(VariantId VariantId, long Expected, int Available);

/// <summary>Units that an order holds of one SKU: its movements, added up and turned round. Zero where all was given back.</summary>
public sealed record Holding(OrderId OrderId, VariantId VariantId, long Units);

/// <summary>What a verification of the shop reads of the stock. Reads the primary.</summary>
public sealed class StockConsistency(Database<InventoryDb> database)
{
    /// <summary>SKUs whose opening stock and movements do not add up to what is available; none in a sound shop.</summary>
    public IAsyncEnumerable<LedgerDifference> DifferencesAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select s.variant_id, s.opening + coalesce(m.units, 0), s.available
            from inventory.stock s
            left join (
                select variant_id, sum(units) as units from inventory.stock_movement group by variant_id) m
                using (variant_id)
            where s.opening + coalesce(m.units, 0) <> s.available
            order by s.variant_id
            """,
            row => new LedgerDifference(new(row.GetInt64(0)), row.GetInt64(1), row.GetInt32(2)),
            cancel
        );

    /// <summary>What every order that ever moved stock holds, by order and SKU. Streams.</summary>
    public IAsyncEnumerable<Holding> HoldingsAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select order_id, variant_id, -sum(units) from inventory.stock_movement
            where order_id is not null
            group by order_id, variant_id order by order_id, variant_id
            """,
            row => new Holding(new(row.GetInt64(0)), new(row.GetInt64(1)), row.GetInt64(2)),
            cancel
        );
}
