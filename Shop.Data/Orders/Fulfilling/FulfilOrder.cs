using Npgsql;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage.Idempotency;

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

/// <summary>Moves a paid order on to the carrier, and from there to the customer.</summary>
public sealed class FulfilOrder(OrderChange change, TimeProvider clock)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<OrderChangeResult> RunAsync(FulfilOrderRequest request, CancellationToken cancel)
    {
        var (step, order) = (request.Step, request.Order);
        var call = IdempotentCall.Of(
            request.IdempotencyKey,
            new
            {
                step.Action,
                order,
                request.Actor,
                request.IfVersion,
                step.Parts,
            },
            "orders"
        );
        var access = new OrderAccess(request.Actor, AccessKey: default, IsStaff: true);
        var deed = new OrderDeed(order, access, step.Status, step.Action, step.Words)
        {
            IfVersion = request.IfVersion,
            IsByStaff = true,
        };
        return change.RunAsync(
            call,
            deed,
            steps =>
                step is Fulfilment.Shipped parcel
                    ? [steps.Write(), Shipment(order, parcel)]
                    : [steps.Write()],
            cancel
        );
    }

    private NpgsqlBatchCommand Shipment(OrderId order, Fulfilment.Shipped parcel) =>
        Sql.Batched(
            $"""
            insert into orders.shipment (order_id, carrier, tracking_number, shipped_at)
            values ({Sql.Value(order.Value)}, {Sql.Value(parcel.Carrier)}, {Sql.Value(parcel.TrackingNumber)},
                {Sql.Value(clock.GetUtcNow())})
            """
        );
}
