namespace Shop.Data.Orders.Fulfilling;

/// <summary>How an order was handed to the carrier. A table of its own: most of what is placed today has none yet.</summary>
public sealed class Shipment
{
    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>Who carries it; null where staff did not say.</summary>
    public string? Carrier { get; private init; }

    /// <summary>What the carrier calls it; null where there is none.</summary>
    public string? TrackingNumber { get; private init; }

    /// <summary>When it was handed over.</summary>
    public DateTimeOffset ShippedAt { get; private init; }
}
