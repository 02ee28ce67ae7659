using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Orders.Keys;
using Shop.Data.Pricing.Messages;
using Shop.Data.Storage.Faults;

namespace Shop.Data.Orders.Placing;

/// <summary>Writes a batch of placements: key, order, lines, first event and message, all of them or none, in one statement.</summary>
public sealed class OrderWriter(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    WritePositions positions,
    TimeProvider clock
)
{
    private const int Tries = 3;

    /// <summary>Answers every placement of the batch, or throws and has written none.</summary>
    internal async Task WriteAsync(IReadOnlyList<Placement> batch, CancellationToken cancel)
    {
        var now = Now();
        var (fresh, position) = await InsertAsync(batch, now, cancel);
        StopPoint.Reach("order committed, client not answered");
        // Before the answers, so that a shopper who asks at once for the order finds it.
        await positions.MarkAsync([.. batch.SelectMany(placement => placement.Subjects)], position);
        var repeated = new List<Placement>();
        foreach (var placement in batch)
        {
            if (fresh.TryGetValue(placement.OrderId.Value, out var number))
            {
                placement.Finish(placement.Accepted(number, now));
            }
            else
            {
                repeated.Add(placement);
            }
        }

        if (repeated.Count > 0)
        {
            await ReplayAsync(repeated, cancel);
        }

        // Their customers may look on from another device.
        await announcements.TellCustomersAsync(
            batch
                .Where(placement => fresh.ContainsKey(placement.OrderId.Value))
                .Select(placement => placement.FirstStep(now))
        );
    }

    /// <returns>
    /// Ids and numbers of the orders that were placed, those whose key and cart were not used before; and the write-ahead
    /// log's position after.
    /// </returns>
    private async Task<(Dictionary<long, OrderNumber> Fresh, string Position)> InsertAsync(
        IReadOnlyList<Placement> batch,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await InsertOnceAsync(batch, now, cancel);
            }
            // Two nodes met on the same keys in opposite order: one of them starts over.
            catch (PostgresException fault) when (attempt < Tries && Clash.Is(fault)) { }
        }
    }

    private async Task<(Dictionary<long, OrderNumber> Fresh, string Position)> InsertOnceAsync(
        IReadOnlyList<Placement> batch,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        // With error barriers each command commits by itself: the insert is durable before the bell rings.
        await using var round = new NpgsqlBatch(connection) { EnableErrorBarriers = true };
        round.BatchCommands.Add(Statement(batch, now));
        round.BatchCommands.Add(new(MessageSql.Notify("orders")));
        round.BatchCommands.Add(new("select pg_current_wal_lsn()::text"));

        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        var fresh = await rows.ListAsync(
            row => (Id: row.GetInt64(0), Number: new OrderNumber(row.GetInt64(1))),
            cancel
        );
        await rows.NextResultAsync(cancel);
        await rows.ReadAsync(cancel);
        return (fresh.ToDictionary(row => row.Id, row => row.Number), rows.GetString(0));
    }

    private async Task ReplayAsync(IReadOnlyList<Placement> repeated, CancellationToken cancel)
    {
        var used = await new UsedKeys(database).FindAsync(
            [.. repeated.Select(placement => placement.Request.IdempotencyKey)],
            [.. repeated.Select(placement => (placement.CartHash, placement.Request.CartVersion))],
            cancel
        );
        foreach (var placement in repeated)
        {
            var use = used.Matching(
                placement.Request.IdempotencyKey,
                placement.Request.Fingerprint,
                (placement.CartHash, placement.Request.CartVersion)
            );
            placement.Finish(PlaceOrderResult.Replay(use));
        }
    }

    /// <remarks>
    /// The key's row decides: an order of which the key, or the state of the cart, was used before is left out of every
    /// further insert. A key in flight elsewhere is waited for.
    /// </remarks>
    private NpgsqlBatchCommand Statement(IReadOnlyList<Placement> batch, DateTimeOffset now)
    {
        var at = Sql.Value(now);
        var messages = FirstMessages(batch, now);
        return Sql.Batched(
            $"""
            with asked as (
                select * from unnest(
                    {Column(order => order.OrderId.Value)}, {Column(order => order.Request.Customer?.Value)},
                    {Column(order => order.Request.IdempotencyKey)}, {Column(order =>
                order.Request.Fingerprint
            )},
                    {Column(order => order.CartHash)}, {Column(order => order.Request.CartVersion)},
                    {Column(order => order.Request.Cost.Subtotal.Currency)},
                    {Column(order => order.Request.Cost.Subtotal.Minor)},
                    {Column(order => order.Request.Cost.Discount.Minor)},
                    {Column(order => order.Request.Cost.Shipping.Minor)},
                    {Column(order => order.Request.Cost.Tax.Minor)}, {Column(order => order.Request.Email)},
                    {Column(order => StoredJson.Write(order.Request.ShippingAddress))},
                    {Column(order => order.AccessKey.Hash)},
                    {Column(order => Explained(order.Request.Promotions))},
                    {Column(order => Explained(UsedBy(order)))},
                    {Column(order => Explained(order.Request.Taxes))},
                    {Column(order => order.Request.Taxation is { } so ? StoredJson.Write(so) : null)},
                    {Column(order => order.Request.TaxDocument is { } told ? StoredJson.Write(told) : null)},
                    {Column(order => order.Request.Shipping is { } way ? StoredJson.Write(way) : null)},
                    {Column(order => order.Request.ExchangeRate)}, {Column(order => order.RecordedTrace)})
                    as a(id, customer_id, key, fingerprint, cart_hash, cart_version, currency, subtotal_minor,
                        discount_minor, shipping_minor, tax_minor, email, address, access_key_hash, promotions, uses,
                        taxes, taxation, tax_document, shipping, exchange_rate, traceparent)),
            fresh as (
                insert into orders.idempotency_key (key, fingerprint, subject_id, cart_hash, cart_version, created_at)
                select key, fingerprint, id, cart_hash, cart_version, {at} from asked order by key
                on conflict do nothing
                returning subject_id as order_id),
            placed as (
                insert into orders."order" (
                    id, status, version, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, email,
                    shipping_address, access_key_hash, shortages, placed_at, updated_at, customer_id, uses, taxes,
                    taxation, tax_document, shipping, exchange_rate)
                select id, 0, 1, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, email,
                    address::jsonb, access_key_hash, '[]', {at}, {at}, customer_id, uses::jsonb, taxes::jsonb,
                    taxation::jsonb, tax_document::jsonb, shipping::jsonb, exchange_rate
                from asked join fresh on order_id = id
                order by id
                returning id, number),
            lines as ({InsertOfLines(batch)}),
            told as (
                insert into orders.order_promotions (order_id, outcomes)
                select id, promotions::json from asked join fresh on order_id = id where promotions is not null),
            step as (
                select order_id, 1 as version, null::smallint as from_status, 0 as to_status,
                    '{Sql.Raw(OrderActors.Customer)}' as actor, null as note, traceparent
                from asked join fresh on order_id = id),
            events as ({StepRows.Insert(at, receivers)}),
            messages as ({messages.Insert("orders", "join fresh on fresh.order_id = m.key")})
            select id, number from placed
            """
        );

        NpgsqlParameter Column<T>(Func<Placement, T> of) => Sql.Column(batch, of);
    }

    private MessageRows FirstMessages(IReadOnlyList<Placement> batch, DateTimeOffset now)
    {
        var messages = new MessageRows(receivers, now);
        foreach (var placement in batch)
        {
            AddFirst(messages, placement);
        }

        return messages;
    }

    private static SqlText InsertOfLines(IReadOnlyList<Placement> batch)
    {
        var lines = batch
            .SelectMany(placement =>
                placement.Request.Lines.Select((line, position) => (placement.OrderId, position, line))
            )
            .ToList();
        return Sql.Part(
            $"""
            insert into orders.order_line (
                order_id, position, variant_id, sku, title, quantity, unit_price_minor, discounts, taxes)
            select order_id, position, variant_id, sku, title, quantity, unit_price_minor, discounts::json,
                taxes::jsonb
            from unnest(
                {Sql.Column(lines, row => row.OrderId.Value)}, {Sql.Column(lines, row => row.position)},
                {Sql.Column(lines, row => row.line.VariantId.Value)},
                {Sql.Column(lines, row => row.line.Sku)},
                {Sql.Column(lines, row => row.line.Title)}, {Sql.Column(lines, row => row.line.Quantity)},
                {Sql.Column(lines, row => row.line.UnitPrice.Minor)},
                {Sql.Column(lines, row => Explained(row.line.Discounts))},
                {Sql.Column(lines, row => Explained(row.line.Taxes))})
                as l(order_id, position, variant_id, sku, title, quantity, unit_price_minor, discounts, taxes)
            join fresh using (order_id)
            """
        );
    }

    // Most orders have nothing to explain, and a null takes no room.
    private static string? Explained<T>(IReadOnlyList<T> reasons) =>
        reasons.Count == 0 ? null : StoredJson.Write(reasons);

    // PostgreSQL keeps microseconds: what is answered now must be what is read later.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    // Uses of promotions are taken before the stock: Orders asks for that once it has them.
    private static void AddFirst(MessageRows messages, Placement placement)
    {
        if (placement.Request.Uses.Count > 0)
        {
            messages.Add(Redemption(placement), placement.TraceParent);
        }
        else
        {
            messages.Add(Deduction(placement), placement.TraceParent);
        }
    }

    private static IReadOnlyList<PromotionId> UsedBy(Placement placement) =>
        [.. placement.Request.Uses.Select(use => use.Promotion.Id)];

    private static RedeemRequested Redemption(Placement placement) =>
        new(placement.OrderId, placement.Request.Uses, placement.Request.Buyers);

    private static DeductionRequested Deduction(Placement placement) =>
        new(
            placement.OrderId,
            [.. placement.Request.Lines.Select(line => new WantedUnits(line.VariantId, line.Quantity))]
        );
}
