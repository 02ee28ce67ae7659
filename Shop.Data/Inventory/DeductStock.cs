using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Inventory;

/// <summary>
/// Takes the stock of many orders in one transaction, oldest first, and answers each with
/// <see cref="StockDeducted"/> or <see cref="StockRejected"/>. A SKU that all of them want is locked once.
/// </summary>
public sealed class DeductStock(
    Database<InventoryDb> database,
    Receivers receivers,
    StockAnnouncements announcements,
    TimeProvider clock
)
{
    /// <summary>Does what was not done before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(
        IReadOnlyList<Delivered<DeductionRequested>> requests,
        CancellationToken cancel
    )
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        var inbox = new Inbox("inventory", clock.GetUtcNow());
        var (fresh, stock) = await TakeAsync(connection, inbox, requests, cancel);
        var allocation = new StockAllocation(stock.ToDictionary(sku => sku.Key, sku => sku.Value.Available));
        var answers = new MessageRows(receivers, inbox.Now);
        foreach (var request in fresh)
        {
            var shortages = allocation.Take(request.Body);
            if (shortages.Count == 0)
            {
                answers.Add(new StockDeducted(request.Body.OrderId), request.TraceParent);
            }
            else
            {
                answers.Add(new StockRejected(request.Body.OrderId, shortages), request.TraceParent);
            }
        }

        // After the answers: those who wait for an order come first.
        answers.Add(Moved(allocation, stock));
        StopPoint.Reach("stock locked, nothing committed");
        await connection.ExecuteAsync(
            [Write(allocation, answers, inbox.Now), new("commit"), new(MessageSql.Notify("inventory"))],
            cancel
        );
        StopPoint.Reach("stock committed, nobody told");
        await announcements.PublishAsync([.. allocation.Taken.Select(taken => taken.VariantId).Distinct()]);
    }

    /// <summary>
    /// Begins the transaction, takes the requests in, and locks their SKUs, in one round trip. It locks in the order of
    /// ids, the one order in which all of Inventory locks; those of a repeated request, too.
    /// </summary>
    /// <returns>The requests that were never taken before, and what there is of each SKU.</returns>
    private static async Task<(
        IReadOnlyList<Delivered<DeductionRequested>> Fresh,
        Dictionary<VariantId, (int Available, int Version)> Stock
    )> TakeAsync(
        NpgsqlConnection connection,
        Inbox inbox,
        IReadOnlyList<Delivered<DeductionRequested>> requests,
        CancellationToken cancel
    )
    {
        await using var round = connection.CreateBatch([new("begin"), inbox.Take(requests), Lock(requests)]);
        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        var fresh = await Inbox.FreshAsync(rows, requests, cancel);
        await rows.NextResultAsync(cancel);
        var stock = await rows.ListAsync(
            row => (Variant: new VariantId(row.GetInt64(0)), Level: (row.GetInt32(1), row.GetInt32(2))),
            cancel
        );
        return (fresh, stock.ToDictionary(row => row.Variant, row => row.Level));
    }

    private static NpgsqlBatchCommand Lock(IEnumerable<Delivered<DeductionRequested>> requests)
    {
        var variants = requests
            .SelectMany(request => request.Body.Lines)
            .Select(line => line.VariantId.Value);
        return Sql.Batched(
            $"""
            select variant_id, available, version from inventory.stock
            where variant_id = any({Sql.Value(variants.Distinct().ToArray())}) order by variant_id for update
            """
        );
    }

    // What was locked is what is written: the levels need not be read back.
    private static IEnumerable<VariantLevel> Moved(
        StockAllocation allocation,
        Dictionary<VariantId, (int Available, int Version)> before
    ) =>
        from taken in allocation.Taken
        group taken.Units by taken.VariantId into sku
        let sold = sku.Sum()
        let level = before[sku.Key]
        select new VariantLevel(sku.Key, level.Available - sold, level.Version + 1, sold);

    private static NpgsqlBatchCommand Write(
        StockAllocation allocation,
        MessageRows answers,
        DateTimeOffset now
    )
    {
        var (taken, at) = (allocation.Taken, Sql.Value(now));
        return Sql.Batched(
            $"""
            with taken as (
                select * from unnest(
                    {Sql.Column(taken, units => units.OrderId.Value)},
                    {Sql.Column(taken, units => units.VariantId.Value)},
                    {Sql.Column(taken, units => units.Units)}) as t(order_id, variant_id, units)),
            levels as (
                update inventory.stock s
                set available = s.available - t.units, version = s.version + 1, updated_at = {at}
                from (select variant_id, sum(units) as units from taken group by variant_id) t
                where s.variant_id = t.variant_id),
            movements as (
                insert into inventory.stock_movement (order_id, variant_id, kind, units, at)
                select order_id, variant_id, {(short)MovementKind.Deducted}, -units, {at} from taken)
            {answers.Insert("inventory")}
            """
        );
    }
}
