namespace Shop.GraphQL.Inventory;

/// <summary>What can be sold of a SKU, now or a moment ago; an order checks again.</summary>
/// <param name="Status">In words, for a badge.</param>
/// <param name="Available">Units, zero or more.</param>
[Public]
internal sealed record Availability(StockStatus Status, int Available)
{
    /// <summary>A SKU that was never counted has nothing to sell.</summary>
    internal static Availability None { get; } = new(StockStatus.OutOfStock, 0);
}

/// <summary>How much of a SKU there is, in words.</summary>
internal enum StockStatus
{
    /// <summary>Enough for a while.</summary>
    InStock,

    /// <summary>Few are left; the shop sets how few that is, 10 by default.</summary>
    LowStock,

    /// <summary>None is left.</summary>
    OutOfStock,
}
