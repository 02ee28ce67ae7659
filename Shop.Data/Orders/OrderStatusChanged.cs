namespace Shop.Data.Orders;

/// <summary>One step of an order, as it is announced to subscribers.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="From">Status before; null for the placement.</param>
/// <param name="To">Status after.</param>
/// <param name="Version">The order's version after this step.</param>
/// <param name="At">When.</param>
public sealed record OrderStatusChanged(
    OrderId OrderId,
    OrderStatus? From,
    OrderStatus To,
    int Version,
    DateTimeOffset At
)
{
    /// <summary>Whose order it is; null for a guest's.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>W3C trace context of what caused it, where that is recorded; else null.</summary>
    public string? TraceParent { get; init; }
}
