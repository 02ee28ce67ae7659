using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>
/// Takes the uses that many orders want in one transaction, oldest first, and answers each with <see cref="PromotionsRedeemed"/> or
/// <see cref="PromotionsRefused"/>. A counter that all of them want is locked once.
/// </summary>
public sealed class RedeemPromotions(
    Database<PricingDb> database,
    Receivers receivers,
    RunningPromotions running,
    TimeProvider clock
)
{
    /// <summary>Does what was not done before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<RedeemRequested>> requests, CancellationToken cancel)
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        var inbox = new Inbox("pricing", clock.GetUtcNow());
        var (fresh, allocation) = await TakeAsync(connection, inbox, requests, cancel);
        await LockAsync(connection, fresh, allocation, cancel);
        var answers = new MessageRows(receivers, inbox.Now);
        foreach (var request in fresh)
        {
            var refused = allocation.Take(request.Body);
            if (refused.Count == 0)
            {
                answers.Add(new PromotionsRedeemed(request.Body.OrderId), request.TraceParent);
            }
            else
            {
                answers.Add(new PromotionsRefused(request.Body.OrderId, refused), request.TraceParent);
            }
        }

        StopPoint.Reach("uses locked, nothing committed");
        await connection.ExecuteAsync(
            [Write(allocation, answers, inbox.Now), new("commit"), new(MessageSql.Notify("pricing"))],
            cancel
        );
        StopPoint.Reach("uses committed, nobody told");
        if (allocation.Taken.Exists(taken => allocation.IsUsedUp(taken.Counter)))
        {
            await running.AnnounceAsync();
        }
    }

    /// <summary>Begins the transaction, takes the requests in, and reads what limits their promotions have now, in one round trip.</summary>
    private static async Task<(
        IReadOnlyList<Delivered<RedeemRequested>> Fresh,
        UseAllocation Allocation
    )> TakeAsync(
        NpgsqlConnection connection,
        Inbox inbox,
        IReadOnlyList<Delivered<RedeemRequested>> requests,
        CancellationToken cancel
    )
    {
        var promotions = requests
            .SelectMany(request => request.Body.Uses)
            .Select(use => use.Promotion.Id.Value)
            .Distinct();
        var limits = Sql.Batched(
            $"select id, limits::text from pricing.promotion where id = any({Sql.Value(promotions.ToArray())})"
        );
        await using var round = connection.CreateBatch([new("begin"), inbox.Take(requests), limits]);
        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        var fresh = await Inbox.FreshAsync(rows, requests, cancel);
        await rows.NextResultAsync(cancel);
        var found = await rows.ListAsync(
            row => (Id: row.GetInt64(0), Limits: StoredJson.Read<IReadOnlyList<UseLimit>>(row.GetString(1))),
            cancel
        );
        return (fresh, new(found.ToDictionary(row => row.Id, row => row.Limits)));
    }

    /// <summary>Makes the counters that were never used, and locks all, in the one order in which all of Pricing locks.</summary>
    private static async Task LockAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Delivered<RedeemRequested>> fresh,
        UseAllocation allocation,
        CancellationToken cancel
    )
    {
        var counters = fresh
            .SelectMany(request => allocation.CountersOf(request.Body))
            .Distinct()
            .OrderBy(counter => counter.Promotion)
            .ThenBy(counter => counter.Per)
            .ThenBy(counter => counter.Subject, StringComparer.Ordinal)
            .ToList();
        var make = Sql.Batched(
            $"""
            insert into pricing.promotion_counter (promotion_id, per, subject, used)
            select promotion_id, per, subject, 0 from {Keys(counters)} order by ordinality
            on conflict do nothing
            """
        );
        var locked = Sql.Batched(
            $"""
            select c.promotion_id, c.per, c.subject, c.used from pricing.promotion_counter c
            join {Keys(counters)} using (promotion_id, per, subject)
            order by k.ordinality for update of c
            """
        );
        await using var round = connection.CreateBatch([make, locked]);
        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            allocation.Found(
                new(rows.GetInt64(0), (LimitPer)rows.GetInt16(1), rows.GetString(2)),
                rows.GetInt32(3)
            );
        }
    }

    private static SqlText Keys(IReadOnlyList<CounterKey> counters) =>
        Sql.Part(
            $"""
            unnest(
                {Sql.Column(counters, counter => counter.Promotion)},
                {Sql.Column(counters, counter => (short)counter.Per)},
                {Sql.Column(counters, counter => counter.Subject)})
                with ordinality as k(promotion_id, per, subject, ordinality)
            """
        );

    private static NpgsqlBatchCommand Write(UseAllocation allocation, MessageRows answers, DateTimeOffset now)
    {
        var (taken, at) = (allocation.Taken, Sql.Value(now));
        return Sql.Batched(
            $"""
            with taken as (
                select * from unnest(
                    {Sql.Column(taken, use => use.OrderId.Value)},
                    {Sql.Column(taken, use => use.Counter.Promotion)},
                    {Sql.Column(taken, use => (short)use.Counter.Per)},
                    {Sql.Column(taken, use => use.Counter.Subject)},
                    {Sql.Column(taken, use => allocation.MaxOf(use.Counter))})
                    as t(order_id, promotion_id, per, subject, max_uses)),
            counters as (
                update pricing.promotion_counter c
                set used = c.used + t.uses, max_uses = t.max_uses
                from (
                    select promotion_id, per, subject, max(max_uses) as max_uses, count(*)::int as uses
                    from taken group by promotion_id, per, subject) t
                where (c.promotion_id, c.per, c.subject) = (t.promotion_id, t.per, t.subject)),
            movements as (
                insert into pricing.promotion_movement (order_id, promotion_id, per, subject, kind, uses, at)
                select order_id, promotion_id, per, subject, {(short)UseKind.Redeemed}, 1, {at} from taken)
            {answers.Insert("pricing")}
            """
        );
    }
}
