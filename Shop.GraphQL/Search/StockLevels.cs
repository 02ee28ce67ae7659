using Shop.Data.Inventory;
using Shop.Data.Search.Columns;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Search;

/// <summary>The words for how much of a SKU there is, as the index counts by them.</summary>
internal static class StockLevels
{
    /// <summary>All of them, as the shop sets them.</summary>
    public static IReadOnlyList<StockRange> Of(InventoryOptions options) =>
        [
            new(NameOf(StockStatus.InStock), options.LowStock + 1, int.MaxValue),
            new(NameOf(StockStatus.LowStock), 1, options.LowStock),
            new(NameOf(StockStatus.OutOfStock), int.MinValue, 0),
        ];

    /// <summary>A status as clients write it.</summary>
    public static string NameOf(StockStatus status) => status.ToString().ToConstantCase();
}
