using Microsoft.EntityFrameworkCore;
using Shop.Data.Inventory;
using Shop.Data.Storage;

namespace Shop.GraphQL.Inventory;

/// <summary>The stock of a SKU, as staff sees it.</summary>
internal sealed class StockByVariant(Reads<InventoryDb> reads)
    : RowLoader<InventoryDb, VariantId, Stock>(reads, stock => stock.VariantId)
{
    /// <summary>The stock of a SKU; never null.</summary>
    public IDataLoaderResult<Stock> Of(VariantId variant) =>
        Load(variant).Select(found => found ?? Stock.None(variant));

    /// <inheritdoc />
    protected override IQueryable<Stock> Rows(InventoryDb db, IReadOnlyList<VariantId> keys) =>
        db
            .Stock.Where(level => keys.Contains(level.VariantId))
            .Select(level => new Stock(level.Available, level.Version, level.UpdatedAt)
            {
                VariantId = level.VariantId,
            });
}

/// <summary>A SKU's ledger, newest first.</summary>
internal sealed class MovementsOfVariant(Reads<InventoryDb> reads) : PageLoader<VariantId, StockMovement>
{
    /// <inheritdoc />
    protected override async Task<ILookup<VariantId, StockMovement>> FetchAsync(
        IReadOnlyList<VariantId> keys,
        Page page,
        CancellationToken cancel
    )
    {
        var variants = keys.Select(key => key.Value).ToArray();
        var below = Cursor.Number(page.Cursor) ?? long.MaxValue;
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                select v.id as variant_id, m.id as line, m.kind, m.units, m.reason, m.at, m.order_id, m.actor_id
                from unnest({variants}) as v(id)
                cross join lateral (
                    select * from inventory.stock_movement
                    where variant_id = v.id and id < {below}
                    order by id desc
                    limit {page.Take}
                ) m
                order by v.id, m.id desc
                """
            )
            .ToListAsync(cancel);
        return rows.ToLookup(row => new VariantId(row.VariantId), Line);
    }

    private static StockMovement Line(Row row) =>
        new(
            new(new(row.VariantId), row.Line),
            (MovementKind)row.Kind,
            row.Units,
            row.Reason,
            row.At,
            row.OrderId is { } order ? new OrderId(order) : null
        )
        {
            ActorId = row.ActorId is { } actor ? new CustomerId(actor) : null,
        };

    private sealed record Row(
        long VariantId,
        long Line,
        short Kind,
        int Units,
        string? Reason,
        DateTimeOffset At,
        long? OrderId,
        long? ActorId
    );
}
