using System.Globalization;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;

namespace Shop.Data.Orders.Fulfilling;

/// <summary>A member of staff has handed an order to the carrier, or heard that it has arrived.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Order">Which order.</param>
/// <param name="Step">What has happened.</param>
/// <param name="IfVersion">Refused unless the order is at this version; null asks for none.</param>
/// <param name="Actor">Who says so.</param>
public sealed record FulfilOrderRequest(
    Guid IdempotencyKey,
    OrderId Order,
    Fulfilment Step,
    int? IfVersion,
    CustomerId Actor
);

/// <summary>Every way it can end that a client can do something about.</summary>
public abstract record FulfilOrderResult
{
    private FulfilOrderResult() { }

    /// <summary>It is noted, now or by an earlier call with this key.</summary>
    public sealed record Fulfilled(OrderId OrderId) : FulfilOrderResult;

    /// <summary>There is no such order.</summary>
    public sealed record NotFound : FulfilOrderResult;

    /// <summary>It is at another version than was expected.</summary>
    public sealed record VersionConflict(int Version) : FulfilOrderResult;

    /// <summary>An order in this status cannot take this step.</summary>
    public sealed record NotAllowedNow(OrderStatus Status) : FulfilOrderResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : FulfilOrderResult;
}

/// <summary>Moves a paid order on to the carrier, and from there to the customer.</summary>
public sealed class FulfilOrder(
    Database<OrdersDb> database,
    Receivers receivers,
    OrderAnnouncements announcements,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<FulfilOrderResult> RunAsync(FulfilOrderRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var fingerprint = FingerprintOf(request);
        var access = new OrderAccess(request.Actor, AccessKey: default, IsStaff: true);
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
                ? new FulfilOrderResult.Fulfilled(request.Order)
                : new FulfilOrderResult.KeyConflict();
        }

        if (await LockedOrder.FindAsync(connection, request.Order, access, cancel) is not { } order)
        {
            return new FulfilOrderResult.NotFound();
        }

        if (request.IfVersion is { } version && version != order.Version)
        {
            return new FulfilOrderResult.VersionConflict(order.Version);
        }

        if (!OrderTransitions.Allow(order.Status, request.Step.Status))
        {
            return new FulfilOrderResult.NotAllowedNow(order.Status);
        }

        var steps = new OrderSteps(receivers, now);
        steps.Take(order, request.Step.Status, OrderActors.Staff, request.Step.Words);
        await connection.ExecuteAsync([steps.Write()], cancel);
        if (request.Step is Fulfilment.Shipped parcel)
        {
            await WriteAsync(connection, order.Id, parcel, now, cancel);
        }

        var audit = new AuditTrail(request.Actor, request.Step.Action, now, newId);
        audit.NoteStep(steps.Taken[^1]);
        await audit.WriteAsync(connection, "orders", cancel);
        await transaction.CommitAsync(cancel);

        await positions.MarkAsync([.. access.Subjects], await connection.PositionAsync(cancel));
        await announcements.PublishAsync(steps.Taken);
        return new FulfilOrderResult.Fulfilled(order.Id);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        OrderId order,
        Fulfilment.Shipped parcel,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            "insert into orders.shipment (order_id, carrier, tracking_number, shipped_at) values ($1, $2, $3, $4)",
            connection
        );
        command.Parameters.Add(Sql.Value(order.Value));
        command.Parameters.Add(Sql.Value(parcel.Carrier));
        command.Parameters.Add(Sql.Value(parcel.TrackingNumber));
        command.Parameters.Add(Sql.Value(now));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static byte[] FingerprintOf(FulfilOrderRequest request) =>
        Fingerprint.Of([
            request.Step.Action,
            request.Order.Value.ToString(CultureInfo.InvariantCulture),
            request.Actor.Value.ToString(CultureInfo.InvariantCulture),
            request.IfVersion?.ToString(CultureInfo.InvariantCulture),
            .. request.Step.Parts,
        ]);
}
