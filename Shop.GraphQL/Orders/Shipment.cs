using Shop.Data.Orders;
using Shop.Data.Storage;

namespace Shop.GraphQL.Orders;

/// <summary>How an order was handed to the carrier.</summary>
/// <param name="Carrier">Who carries it; null where staff did not say.</param>
/// <param name="TrackingNumber">What the carrier calls it; null where there is none.</param>
/// <param name="ShippedAt">When it was handed over.</param>
internal sealed record Shipment(string? Carrier, string? TrackingNumber, DateTimeOffset ShippedAt)
{
    /// <summary>Which order.</summary>
    internal OrderId OrderId { get; init; }
}

/// <summary>The shipments of orders that are on their way or have arrived.</summary>
internal sealed class ShipmentByOrderId(Reads<OrdersDb> reads)
    : RowLoader<OrdersDb, OrderId, Shipment>(reads, shipment => shipment.OrderId)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<Shipment> Rows(OrdersDb db, IReadOnlyList<OrderId> keys) =>
        db
            .Shipments.Where(row => keys.Contains(row.OrderId))
            .Select(row => new Shipment(row.Carrier, row.TrackingNumber, row.ShippedAt)
            {
                OrderId = row.OrderId,
            });
}
