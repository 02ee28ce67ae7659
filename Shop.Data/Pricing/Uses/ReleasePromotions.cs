using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>
/// Compensation: gives back the uses that orders hold, many in one transaction, but for those of promotions that keep them. An order
/// that holds none changes nothing.
/// </summary>
public sealed class ReleasePromotions(
    Database<PricingDb> database,
    RunningPromotions running,
    TimeProvider clock
)
{
    /// <summary>Does what was not done before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<ReleaseRequested>> requests, CancellationToken cancel)
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var inbox = new Inbox("pricing", clock.GetUtcNow());
        var fresh = await inbox.TakeAsync(connection, requests, cancel);
        long[] orders = [.. fresh.Select(request => request.Body.OrderId.Value)];
        var canBeUsedAgain = await GiveBackAsync(connection, orders, inbox.Now, cancel);
        await transaction.CommitAsync(cancel);
        StopPoint.Reach("release committed, nobody told");
        if (canBeUsedAgain)
        {
            await running.AnnounceAsync();
        }
    }

    /// <returns>Whether a promotion that was used up is so no more.</returns>
    private static async Task<bool> GiveBackAsync(
        NpgsqlConnection connection,
        long[] orders,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        await connection.ScalarAsync<bool>(
            $"""
            with held as (
                select m.order_id, m.promotion_id, m.per, m.subject, sum(m.uses)::int as uses
                from pricing.promotion_movement m join pricing.promotion p on p.id = m.promotion_id
                where m.order_id = any({Sql.Value(orders)}) and not p.keeps_uses_of_cancelled
                group by m.order_id, m.promotion_id, m.per, m.subject having sum(m.uses) > 0),
            sums as (
                select promotion_id, per, subject, sum(uses)::int as uses from held
                group by promotion_id, per, subject),
            locked as materialized (
                select c.promotion_id, c.per, c.subject from pricing.promotion_counter c
                where (c.promotion_id, c.per, c.subject) in (select promotion_id, per, subject from sums)
                order by c.promotion_id, c.per, c.subject collate "C" for update),
            counters as (
                update pricing.promotion_counter c set used = c.used - s.uses
                from sums s join locked using (promotion_id, per, subject)
                where (c.promotion_id, c.per, c.subject) = (s.promotion_id, s.per, s.subject)
                returning c.per = {(short)LimitPer.Total} and c.used + s.uses >= c.max_uses as was_used_up),
            movements as (
                insert into pricing.promotion_movement (order_id, promotion_id, per, subject, kind, uses, at)
                select order_id, promotion_id, per, subject, {(short)UseKind.Released}, -uses, {Sql.Value(
                now
            )}
                from held)
            select coalesce(bool_or(was_used_up), false) from counters
            """,
            cancel
        );
}
