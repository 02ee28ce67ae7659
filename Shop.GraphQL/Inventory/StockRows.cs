using System.Globalization;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;

namespace Shop.GraphQL.Inventory;

/// <summary>The stock of a SKU, as staff sees it.</summary>
internal sealed class StockByVariant(Reads<InventoryDb> reads) : Loader<VariantId, Stock>
{
    /// <summary>The stock of a SKU; never null.</summary>
    public IDataLoaderResult<Stock> Of(VariantId variant) =>
        Load(variant).Select(found => found ?? Stock.None(variant));

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<VariantId, Stock>> FetchAsync(
        IReadOnlyList<VariantId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await db
            .Stock.Where(level => keys.Contains(level.VariantId))
            .Select(level => new Stock(level.Available, level.Version, level.UpdatedAt)
            {
                VariantId = level.VariantId,
            })
            .ToDictionaryAsync(stock => stock.VariantId, cancel);
    }
}

/// <summary>A page of a SKU's ledger.</summary>
internal readonly record struct LedgerPage(VariantId Variant, ForwardPage Page);

/// <summary>Such pages, newest first: one statement per page size and place, whatever the number of SKUs.</summary>
internal sealed class MovementsOfVariant(Reads<InventoryDb> reads) : ListLoader<LedgerPage, StockMovement>
{
    /// <summary>The page itself.</summary>
    public static IDataLoaderResult<Connection<StockMovement>> Load(
        LoaderContext loaders,
        VariantId variant,
        ForwardPage page
    ) =>
        loaders
            .Get<MovementsOfVariant>()
            .Load(new(variant, page))
            .Select(lines => Connection<StockMovement>.Of(lines, page, line => Cursor.Of($"{line.Id.Line}")));

    /// <inheritdoc />
    protected override async Task<ILookup<LedgerPage, StockMovement>> FetchAsync(
        IReadOnlyList<LedgerPage> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        var found = new List<(LedgerPage Key, StockMovement Line)>();
        foreach (var alike in keys.GroupBy(key => key.Page))
        {
            var rows = await ReadAsync(db, [.. alike.Select(key => key.Variant.Value)], alike.Key, cancel);
            found.AddRange(rows.Select(row => (new LedgerPage(new(row.VariantId), alike.Key), Line(row))));
        }

        return found.ToLookup(row => row.Key, row => row.Line);
    }

    private static Task<List<Row>> ReadAsync(
        InventoryDb db,
        long[] variants,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        var below = Below(page.Cursor);
        var take = ((Page)page).Take;
        return db
            .Database.SqlQuery<Row>(
                $"""
                select v.id as variant_id, m.id as line, m.kind, m.units, m.reason, m.at, m.order_id, m.actor_id
                from unnest({variants}) as v(id)
                cross join lateral (
                    select * from inventory.stock_movement
                    where variant_id = v.id and id < {below}
                    order by id desc
                    limit {take}
                ) m
                order by v.id, m.id desc
                """
            )
            .ToListAsync(cancel);
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

    private static long Below(string? cursor) =>
        cursor is null ? long.MaxValue
        : long.TryParse(
            Cursor.Read(cursor, 1)[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var line
        )
            ? line
        : throw Cursor.Invalid(cursor);

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
