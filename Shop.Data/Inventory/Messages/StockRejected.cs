using Shop.Data.Messages;

namespace Shop.Data.Inventory.Messages;

/// <summary>An order wanted more than there is; nothing was taken for it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Shortages">Each SKU that fell short; never empty.</param>
public sealed record StockRejected(OrderId OrderId, IReadOnlyList<Shortage> Shortages) : IFact
{
    /// <inheritdoc />
    public static string Topic => "inventory.stock_rejected";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}

/// <summary>One SKU of which an order wanted more than there was.</summary>
/// <param name="VariantId">The SKU.</param>
/// <param name="Requested">Units wanted by the whole order.</param>
/// <param name="Available">Units there at that moment, zero or more.</param>
public sealed record Shortage(VariantId VariantId, int Requested, int Available);
