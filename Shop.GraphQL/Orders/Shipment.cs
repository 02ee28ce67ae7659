using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;

namespace Shop.GraphQL.Orders;

/// <summary>How an order was handed to the carrier.</summary>
/// <param name="Carrier">Who carries it; null where staff did not say.</param>
/// <param name="TrackingNumber">What the carrier calls it; null where there is none.</param>
/// <param name="ShippedAt">When it was handed over.</param>
internal sealed record Shipment(string? Carrier, string? TrackingNumber, DateTimeOffset ShippedAt);

/// <summary>The shipments of orders that are on their way or have arrived.</summary>
internal sealed class ShipmentByOrderId(Reads<OrdersDb> reads) : Loader<OrderId, Shipment>
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<OrderId, Shipment>> FetchAsync(
        IReadOnlyList<OrderId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await db
            .Shipments.Where(row => keys.Contains(row.OrderId))
            .ToDictionaryAsync(
                row => row.OrderId,
                row => new Shipment(row.Carrier, row.TrackingNumber, row.ShippedAt),
                cancel
            );
    }
}
