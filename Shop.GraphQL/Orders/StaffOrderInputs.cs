using Shop.Data.Orders.Fulfilling;

namespace Shop.GraphQL.Orders;

/// <summary>An order that was handed to the carrier.</summary>
/// <param name="IdempotencyKey">The same key ships once, however often it is sent.</param>
/// <param name="Order">Which order.</param>
/// <param name="TrackingNumber">What the carrier calls it; at most 100 characters.</param>
/// <param name="Carrier">Who carries it; at most 100 characters.</param>
/// <param name="IfVersion">Refused unless the order is at this version; null ships it at any.</param>
internal sealed record OrderShipInput(
    Guid IdempotencyKey,
    OrderBy Order,
    [property: MaxText(100)] string? TrackingNumber,
    [property: MaxText(100)] string? Carrier,
    int? IfVersion
)
{
    /// <summary>What of it no shipment can have; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults() =>
        from part in new[]
        {
            (Name: "trackingNumber", Text: TrackingNumber),
            (Name: "carrier", Text: Carrier),
        }
        where part.Text is not null
        where string.IsNullOrWhiteSpace(part.Text) || part.Text.Any(char.IsControl)
        select new InvalidInput("It must be one line of text, or null.", [part.Name]);

    internal Fulfilment Step => new Fulfilment.Shipped(Carrier, TrackingNumber);
}

/// <summary>An order that has arrived.</summary>
/// <param name="IdempotencyKey">The same key does it once, however often it is sent.</param>
/// <param name="Order">Which order.</param>
/// <param name="Note">Kept in the order's timeline, where its customer reads it; at most 500 characters.</param>
/// <param name="IfVersion">Refused unless the order is at this version; null does it at any.</param>
internal sealed record OrderDeliverInput(
    Guid IdempotencyKey,
    OrderBy Order,
    [property: MaxText(500)] string? Note,
    int? IfVersion
)
{
    internal Fulfilment Step => new Fulfilment.Arrived(Note);
}
