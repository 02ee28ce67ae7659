using Shop.Data.Messages;

namespace Shop.Data.Inventory.Messages;

/// <summary>An order gives back whatever units it holds; nothing where it holds none.</summary>
public sealed record RestockRequested(OrderId OrderId) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "inventory.restock";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
