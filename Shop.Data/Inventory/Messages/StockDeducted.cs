using Shop.Data.Messages;

namespace Shop.Data.Inventory.Messages;

/// <summary>All units of an order were taken from stock and are held for it.</summary>
public sealed record StockDeducted(OrderId OrderId) : IFact
{
    /// <inheritdoc />
    public static string Topic => "inventory.stock_deducted";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
