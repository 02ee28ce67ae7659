using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>A counter that does not have what the ledger says.</summary>
public sealed record CounterDifference(PromotionId PromotionId, LimitPer Per, long Expected, int Used);

/// <summary>Uses that an order holds.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Promotions">Of which promotions, by id.</param>
/// <param name="Kept">Those of them that keep the uses of orders that came to nothing.</param>
public sealed record HeldUses(
    OrderId OrderId,
    IReadOnlyList<PromotionId> Promotions,
    IReadOnlyList<PromotionId> Kept
);

/// <summary>What a verification of the shop reads of the uses of promotions. Reads the primary.</summary>
public sealed class UseConsistency(Database<PricingDb> database)
{
    /// <summary>Counters that are not the sum of their movements; none in a sound shop.</summary>
    public IAsyncEnumerable<CounterDifference> DifferencesAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select promotion_id, per, coalesce(m.uses, 0), coalesce(c.used, 0)
            from pricing.promotion_counter c
            full join (
                select promotion_id, per, subject, sum(uses) as uses from pricing.promotion_movement
                group by promotion_id, per, subject) m using (promotion_id, per, subject)
            where coalesce(m.uses, 0) <> coalesce(c.used, 0)
            order by promotion_id, per
            """,
            row => new CounterDifference(
                new(row.GetInt64(0)),
                (LimitPer)row.GetInt16(1),
                row.GetInt64(2),
                row.GetInt32(3)
            ),
            cancel
        );

    /// <summary>What every order that ever used a promotion with a limit holds, by order. Streams.</summary>
    public IAsyncEnumerable<HeldUses> HoldingsAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select h.order_id,
                coalesce(array_agg(h.promotion_id order by h.promotion_id) filter (where h.uses > 0), array[]::bigint[]),
                coalesce(
                    array_agg(h.promotion_id) filter (where h.uses > 0 and p.keeps_uses_of_cancelled), array[]::bigint[])
            from (
                select order_id, promotion_id, sum(uses) as uses from pricing.promotion_movement
                where per = {(short)LimitPer.Total} group by order_id, promotion_id) h
            join pricing.promotion p on p.id = h.promotion_id
            group by h.order_id order by h.order_id
            """,
            row => new HeldUses(new(row.GetInt64(0)), Promotions(row, 1), Promotions(row, 2)),
            cancel
        );

    private static PromotionId[] Promotions(Npgsql.NpgsqlDataReader row, int column) =>
        Array.ConvertAll(row.GetFieldValue<long[]>(column), id => new PromotionId(id));
}
