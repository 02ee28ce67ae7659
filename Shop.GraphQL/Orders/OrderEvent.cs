using Shop.Data.Orders;

namespace Shop.GraphQL.Orders;

/// <summary>Names a step of an order.</summary>
internal readonly record struct OrderEventId(OrderId Order, int Sequence);

/// <summary>A step in an order's story.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Sequence">1 for the placement; the order's version after this step.</param>
/// <param name="At">When it happened.</param>
/// <param name="From">Status before; null for the placement. The same as after where something happened that moved no status, such as money that went back in part.</param>
/// <param name="To">Status after.</param>
/// <param name="Actor">Who caused it: `customer`, `staff`, `inventory`, `payments`, or `clock` where a payment was not made in time; more may follow.</param>
/// <param name="Note">What they said about it; null where they said nothing.</param>
internal sealed record OrderEvent(
    OrderEventId Id,
    int Sequence,
    DateTimeOffset At,
    OrderStatus? From,
    OrderStatus To,
    string Actor,
    string? Note
);

/// <summary>An order has taken a step.</summary>
/// <param name="From">Status before; null for the placement. The same as after where something happened that moved no status.</param>
/// <param name="To">Status after this step; the order itself may have gone further since.</param>
/// <param name="Version">The order's version after this step; rises by one with each.</param>
/// <param name="At">When it happened.</param>
internal sealed record OrderStatusChange(OrderStatus? From, OrderStatus To, int Version, DateTimeOffset At)
    : TracedEvent
{
    /// <summary>Which order.</summary>
    internal OrderId OrderId { get; init; }
}
