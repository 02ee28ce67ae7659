using Shop.Data.Messages;

namespace Shop.Data.Pricing.Messages;

/// <summary>An order that came to nothing gives back whatever uses it holds; nothing where it holds none.</summary>
public sealed record ReleaseRequested(OrderId OrderId) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "pricing.release";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
