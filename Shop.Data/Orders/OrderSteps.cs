using Npgsql;
using Shop.Data.Inventory.Messages;
using Shop.Data.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Storage;

namespace Shop.Data.Orders;

/// <summary>Steps that locked orders take together: gathered in memory, written with their messages in one statement.</summary>
/// <param name="now">The moment of all of them.</param>
internal sealed class OrderSteps(DateTimeOffset now)
{
    private readonly List<OrderStatusChanged> _steps = [];
    private readonly List<(string Actor, string? Note)> _words = [];
    private readonly List<(DateTimeOffset? PaymentDueAt, IReadOnlyList<Shortage> Shortages)> _effects = [];

    /// <summary>What the steps send to other contexts.</summary>
    public MessageRows Messages { get; } = new(now);

    /// <summary>What to announce after the commit.</summary>
    public IReadOnlyList<OrderStatusChanged> Taken => _steps;

    public void Take(
        LockedOrder order,
        OrderStatus to,
        string actor,
        string? note = null,
        DateTimeOffset? paymentDueAt = null,
        IReadOnlyList<Shortage>? shortages = null
    )
    {
        _steps.Add(new(order.Id, order.Status, to, order.Version + 1, now) { Customer = order.Customer });
        _words.Add((actor, note));
        _effects.Add((paymentDueAt, shortages ?? []));
    }

    /// <summary>The statement that writes all of it.</summary>
    public NpgsqlBatchCommand Write()
    {
        var command = new NpgsqlBatchCommand(
            $"""
            with step as (
                select * from unnest($6, $7, $8, $9, $10, $11, $12, $13) as s(
                    order_id, from_status, to_status, version, actor, note, payment_due_at, shortages)),
            moved as (
                update orders."order" o
                set status = s.to_status, version = s.version, payment_due_at = s.payment_due_at,
                    shortages = s.shortages::jsonb, updated_at = $5
                from step s where o.id = s.order_id),
            events as (
                insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, note)
                select order_id, version, $5, from_status, to_status, actor, note from step)
            {MessageRows.Insert("orders", first: 1)}
            """
        );
        command.Parameters.AddRange(Messages.Parameters());
        command.Parameters.Add(Sql.Value(_steps.Select(step => step.OrderId.Value).ToArray()));
        command.Parameters.Add(Sql.Value(_steps.Select(step => (short?)step.From).ToArray()));
        command.Parameters.Add(Sql.Value(_steps.Select(step => (short)step.To).ToArray()));
        command.Parameters.Add(Sql.Value(_steps.Select(step => step.Version).ToArray()));
        command.Parameters.Add(Sql.Value(_words.Select(words => words.Actor).ToArray()));
        command.Parameters.Add(Sql.Value(_words.Select(words => words.Note).ToArray()));
        command.Parameters.Add(Sql.Value(_effects.Select(effect => effect.PaymentDueAt).ToArray()));
        command.Parameters.Add(
            Sql.Value(_effects.Select(effect => StoredJson.Write(effect.Shortages)).ToArray())
        );
        return command;
    }
}
