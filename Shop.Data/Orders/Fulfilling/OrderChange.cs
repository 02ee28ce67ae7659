using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>A step that an order is to take.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Access">On what grounds it is asked for.</param>
/// <param name="To">Its status then.</param>
/// <param name="Action">What is done, in the words of the schema.</param>
/// <param name="Note">Kept in the order's story; null for none.</param>
internal sealed record OrderDeed(
    OrderId Order,
    OrderAccess Access,
    OrderStatus To,
    string Action,
    string? Note
)
{
    /// <summary>Refused unless the order is at this version; null asks for none.</summary>
    public int? IfVersion { get; init; }

    /// <summary>Whether it is done in the name of the shop, also to an order that is the asker's own.</summary>
    public bool IsByStaff { get; init; }
}

/// <summary>
/// Takes one step of one order at the request of a customer or of staff: key, step, audit entry of what staff does, and what
/// goes with it, in one transaction.
/// </summary>
public sealed class OrderChange(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="call">How often it is done: once.</param>
    /// <param name="deed">Which step.</param>
    /// <param name="write">The statements that write the step, given to it, and what goes with it.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    internal async Task<OrderChangeResult> RunAsync(
        IdempotentCall call,
        OrderDeed deed,
        Func<OrderSteps, IEnumerable<NpgsqlBatchCommand>> write,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await call.BeginAsync(connection, deed.Order.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new OrderChangeResult.Changed(new(first))
                : new OrderChangeResult.KeyConflict();
        }

        if (await LockedOrder.FindAsync(connection, deed.Order, deed.Access, cancel) is not { } order)
        {
            return new OrderChangeResult.NotFound();
        }

        if (deed.IfVersion is { } version && version != order.Version)
        {
            return new OrderChangeResult.VersionConflict(order.Version);
        }

        if (!OrderTransitions.Allow(order.Status, deed.To))
        {
            return new OrderChangeResult.NotAllowedNow(order.Status);
        }

        var isByStaff = deed.IsByStaff || !order.IsOwn;
        var steps = new OrderSteps(receivers, now);
        steps.Take(order, deed.To, isByStaff ? OrderActors.Staff : OrderActors.Customer, deed.Note);
        await connection.ExecuteAsync(write(steps), cancel);
        if (isByStaff)
        {
            var audit = new AuditTrail(deed.Access.Customer!.Value, deed.Action, now, newId);
            audit.NoteStep(steps.Taken[^1]);
            await audit.WriteAsync(connection, "orders", cancel);
        }

        await transaction.CommitAsync(cancel);

        await positions.MarkAsync([.. deed.Access.Subjects], await connection.PositionAsync(cancel));
        await announcements.PublishAsync(steps.Taken);
        return new OrderChangeResult.Changed(order.Id);
    }
}
