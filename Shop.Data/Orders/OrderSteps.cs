using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Telemetry;

namespace Shop.Data.Orders;

/// <summary>Steps that locked orders take together: gathered in memory, written with their messages in one statement.</summary>
/// <param name="receivers">Who hears what they send.</param>
/// <param name="now">The moment of all of them.</param>
internal sealed class OrderSteps(Receivers receivers, DateTimeOffset now)
{
    private readonly List<OrderStatusChanged> _steps = [];
    private readonly List<Effect> _effects = [];

    /// <summary>The moment of all of them.</summary>
    public DateTimeOffset Now => now;

    /// <summary>What the steps send to other contexts.</summary>
    public MessageRows Messages { get; } = new(receivers, now);

    /// <summary>What to announce after the commit.</summary>
    public IReadOnlyList<OrderStatusChanged> Taken => _steps;

    /// <summary>
    /// Takes a step. An order that comes to nothing gives back the uses of promotions that it holds; of one that is paid the service that
    /// reckons taxes is told.
    /// </summary>
    public void Take(
        LockedOrder order,
        OrderStatus to,
        string actor,
        string? note = null,
        DateTimeOffset? paymentDueAt = null,
        IReadOnlyList<Shortage>? shortages = null,
        IReadOnlyList<RefusedUse>? refusedUses = null
    )
    {
        _steps.Add(
            new(order.Id, order.Status, to, order.Version + 1, now)
            {
                Customer = order.Customer,
                TraceParent = Traces.IfRecorded(order.TraceParent),
            }
        );
        _effects.Add(new(actor, note, paymentDueAt, shortages ?? [], refusedUses));
        if (order.HasUses && refusedUses is null && to is (OrderStatus.Cancelled or OrderStatus.Rejected))
        {
            Messages.Add(new ReleaseRequested(order.Id), order.TraceParent);
        }

        if (to == OrderStatus.Paid && order.Status != to)
        {
            TellTaxes(order, order.TaxDocument);
        }
    }

    /// <summary>All that was paid for an order is back: its taxes are struck out.</summary>
    public void StrikeOutTaxes(LockedOrder order) => TellTaxes(order, document: null);

    /// <summary>The statement that writes all of it.</summary>
    public NpgsqlBatchCommand Write()
    {
        var at = Sql.Value(now);
        return Sql.Batched(
            $"""
            with step as (
                select * from unnest(
                    {Sql.Column(_steps, step => step.OrderId.Value)},
                    {Sql.Column(_steps, step => step.Version)},
                    {Sql.Column(_steps, step => (short?)step.From)},
                    {Sql.Column(_steps, step => (short)step.To)},
                    {Sql.Column(_effects, effect => effect.Actor)},
                    {Sql.Column(_effects, effect => effect.Note)},
                    {Sql.Column(_effects, effect => effect.PaymentDueAt)},
                    {Sql.Column(_effects, effect => StoredJson.Write(effect.Shortages))},
                    {Sql.Column(
                _effects,
                effect => effect.RefusedUses is { } uses ? StoredJson.Write(uses) : null
            )},
                    {Sql.Column(_steps, step => step.TraceParent)})
                    as s(order_id, version, from_status, to_status, actor, note, payment_due_at, shortages,
                        refused_uses, traceparent)),
            moved as (
                update orders."order" o
                set status = s.to_status, version = s.version, payment_due_at = s.payment_due_at,
                    shortages = s.shortages::jsonb, refused_uses = s.refused_uses::jsonb, updated_at = {at}
                from step s where o.id = s.order_id),
            events as ({StepRows.Insert(at, receivers)})
            {Messages.Insert("orders")}
            """
        );
    }

    private void TellTaxes(LockedOrder order, TaxDocument? document)
    {
        if (order.TaxDocument is not null)
        {
            Messages.Add(
                new TaxCommitRequested(order.Id, order.Number.ToString(), order.Version + 1, document),
                order.TraceParent
            );
        }
    }

    private sealed record Effect(
        string Actor,
        string? Note,
        DateTimeOffset? PaymentDueAt,
        IReadOnlyList<Shortage> Shortages,
        IReadOnlyList<RefusedUse>? RefusedUses
    );
}
