using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Inventory;

/// <summary>How stock is shown. Section <c>Inventory</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Inventory";

    /// <summary>From this many units down, stock is shown as low; 0 never shows it. Ten is about a day's sales here.</summary>
    [Range(0, 1_000_000)]
    public int LowStock { get; init; } = 10;
}
