using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Inventory.Messages;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>Somebody's wish to call an order off.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Order">Which order.</param>
/// <param name="Access">On what grounds: whoever opens it only as staff does so in the name of the shop.</param>
/// <param name="Reason">Kept in the order's story; null where they gave none. At most 500 characters.</param>
public sealed record CancelOrderRequest(
    Guid IdempotencyKey,
    OrderId Order,
    OrderAccess Access,
    string? Reason
);

/// <summary>Every way a cancellation can end that a client can do something about.</summary>
public abstract record CancelOrderResult
{
    private CancelOrderResult() { }

    /// <summary>The order is cancelled, now or by an earlier call with this key.</summary>
    public sealed record Cancelled(OrderId OrderId) : CancelOrderResult;

    /// <summary>There is no such order, or it is somebody else's.</summary>
    public sealed record NotFound : CancelOrderResult;

    /// <summary>An order in this status can no longer be cancelled.</summary>
    public sealed record NotAllowedNow(OrderStatus Status) : CancelOrderResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : CancelOrderResult;
}

/// <summary>Calls an order off and sends the message that gives its stock back.</summary>
public sealed class CancelOrder(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<CancelOrderResult> RunAsync(CancelOrderRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var fingerprint = FingerprintOf(request);
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (
            !await UsedKeys.UseAsync(
                connection,
                request.IdempotencyKey,
                fingerprint,
                request.Order,
                now,
                cancel
            )
        )
        {
            await transaction.RollbackAsync(cancel);
            return await new UsedKeys(database).IsReplayAsync(request.IdempotencyKey, fingerprint, cancel)
                ? new CancelOrderResult.Cancelled(request.Order)
                : new CancelOrderResult.KeyConflict();
        }

        if (await LockedOrder.FindAsync(connection, request.Order, request.Access, cancel) is not { } order)
        {
            return new CancelOrderResult.NotFound();
        }

        if (!OrderTransitions.Allow(order.Status, OrderStatus.Cancelled))
        {
            return new CancelOrderResult.NotAllowedNow(order.Status);
        }

        var steps = new OrderSteps(receivers, now);
        var actor = order.IsOwn ? OrderActors.Customer : OrderActors.Staff;
        steps.Take(order, OrderStatus.Cancelled, actor, request.Reason);
        // Also for an order still pending: the deduction under way is delivered first, as both carry the order's key.
        steps.Messages.Add(new RestockRequested(order.Id), Activity.Current?.Id);
        await connection.ExecuteAsync([steps.Write()], cancel);
        if (!order.IsOwn)
        {
            var audit = new AuditTrail(request.Access.Customer!.Value, "orderCancel", now, newId);
            audit.NoteStep(steps.Taken[^1]);
            await audit.WriteAsync(connection, "orders", cancel);
        }

        await transaction.CommitAsync(cancel);

        StopPoint.Reach("cancellation committed, bell not rung");
        await connection.ExecuteAsync(MessageSql.Notify("orders"), cancel);
        await positions.MarkAsync([.. request.Access.Subjects], await connection.PositionAsync(cancel));
        await announcements.PublishAsync(steps.Taken);
        return new CancelOrderResult.Cancelled(order.Id);
    }

    // Who asks is part of it: to somebody else, the same key says nothing.
    private static byte[] FingerprintOf(CancelOrderRequest request) =>
        Fingerprint.Of(
            "cancel",
            request.Order.Value.ToString(CultureInfo.InvariantCulture),
            request.Access.Customer?.Value.ToString(CultureInfo.InvariantCulture),
            request.Access.AccessKey.Text,
            request.Reason
        );
}
