using Shop.Data.Messages;

namespace Shop.Data.Inventory.Messages;

/// <summary>There are so many units of SKUs now; what one transaction has moved.</summary>
/// <param name="Levels">One or more, each SKU once.</param>
public sealed record StockMoved(IReadOnlyList<VariantLevel> Levels) : IFact
{
    /// <inheritdoc />
    public static string Topic => "inventory.stock_moved";

    /// <summary>The first SKU: of two levels the one with the higher version is the newer, in whatever order they come.</summary>
    public long Key => Levels[0].VariantId.Value;
}

/// <summary>The level of a SKU.</summary>
/// <param name="VariantId">Which.</param>
/// <param name="Available">Units that can be sold; zero or more.</param>
/// <param name="Version">Rises by one with every change.</param>
/// <param name="Sold">Units that orders took with this change; less than zero where they gave some back.</param>
public sealed record VariantLevel(VariantId VariantId, int Available, int Version, int Sold);
