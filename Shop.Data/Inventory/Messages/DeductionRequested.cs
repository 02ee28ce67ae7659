using Shop.Data.Messages;

namespace Shop.Data.Inventory.Messages;

/// <summary>An order wants its units taken from stock: all of them, or none.</summary>
/// <param name="OrderId">Who holds the units; asked once per order.</param>
/// <param name="Lines">What it wants; one SKU may stand in several lines.</param>
public sealed record DeductionRequested(OrderId OrderId, IReadOnlyList<WantedUnits> Lines) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "inventory.deduct";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}

/// <summary>Some units of one SKU.</summary>
/// <param name="VariantId">The SKU.</param>
/// <param name="Units">One or more.</param>
public sealed record WantedUnits(VariantId VariantId, int Units);
