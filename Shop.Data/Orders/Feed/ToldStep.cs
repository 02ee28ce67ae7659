namespace Shop.Data.Orders.Feed;

/// <summary>A step of an order, with what those outside may know of the order: nothing of a person's.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">What a person reads aloud.</param>
/// <param name="Version">The order's version after this step.</param>
/// <param name="From">Status before; null for the placement.</param>
/// <param name="To">Status after.</param>
/// <param name="At">When.</param>
/// <param name="Total">What is to be paid for the order.</param>
/// <param name="Lines">What was bought, at most 200.</param>
public sealed record ToldStep(
    OrderId OrderId,
    OrderNumber Number,
    int Version,
    OrderStatus? From,
    OrderStatus To,
    DateTimeOffset At,
    Money Total,
    IReadOnlyList<ToldLine> Lines
)
{
    /// <summary>W3C trace context of what caused it, where that is recorded; else null.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>One SKU of an order.</summary>
/// <param name="Sku">Stock keeping unit.</param>
/// <param name="Title">What it was called then.</param>
/// <param name="Quantity">Units, one or more.</param>
/// <param name="UnitPriceMinor">Price of one, in minor units of the order's currency.</param>
public sealed record ToldLine(string Sku, string Title, int Quantity, long UnitPriceMinor);
