using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Pricing.Messages;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>
/// Moves orders on when Pricing has answered: redeemed means that their stock is asked for; used up means
/// <see cref="OrderStatus.Rejected"/>. An order that was cancelled in between stays so: the release of its uses is under way.
/// </summary>
public sealed class RecordRedemption(Database<OrdersDb> database, HearFacts facts)
{
    /// <summary>They hold the uses that they wanted. A repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<PromotionsRedeemed>> answers, CancellationToken cancel)
    {
        var lines = await LinesAsync([.. answers.Select(answer => answer.Body.OrderId).Distinct()], cancel);
        await facts.RunAsync(
            answers,
            answer => answer.OrderId,
            (steps, order, _) =>
            {
                if (order.Status == OrderStatus.Pending)
                {
                    steps.Messages.Add(
                        new DeductionRequested(order.Id, [.. lines[order.Id]]),
                        order.TraceParent
                    );
                }
            },
            cancel
        );
    }

    /// <summary>What they wanted is used up. A repeated delivery changes nothing.</summary>
    public Task RunAsync(IReadOnlyList<Delivered<PromotionsRefused>> answers, CancellationToken cancel) =>
        facts.RunAsync(
            answers,
            answer => answer.OrderId,
            (steps, order, answer) =>
            {
                if (OrderTransitions.Allow(order.Status, OrderStatus.Rejected))
                {
                    steps.Take(order, OrderStatus.Rejected, OrderActors.Pricing, refusedUses: answer.Uses);
                }
            },
            cancel
        );

    // Lines are frozen, so they need not be read in the transaction.
    private async Task<ILookup<OrderId, WantedUnits>> LinesAsync(
        IReadOnlyList<OrderId> orders,
        CancellationToken cancel
    )
    {
        var lines = await database.WarmPrimary.ListAsync(
            $"""
            select order_id, variant_id, quantity from orders.order_line
            where order_id = any({Sql.Column(orders, order => order.Value)}) order by order_id, position
            """,
            row =>
                (
                    Order: new OrderId(row.GetInt64(0)),
                    Units: new WantedUnits(new(row.GetInt64(1)), row.GetInt32(2))
                ),
            cancel
        );
        return lines.ToLookup(line => line.Order, line => line.Units);
    }
}
