using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Inventory;

/// <summary>How stock is shown and told. Section <c>Inventory</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Inventory";

    /// <summary>From this many units down, stock is shown as low; 0 never shows it. Ten is about a day's sales here.</summary>
    [Range(0, 1_000_000)]
    public int LowStock { get; init; } = 10;

    /// <summary>
    /// How often those who watch a SKU are told of it while it keeps moving; the first move is told at once. A second: a sale
    /// moves it twenty times as often, and a thousand who watch would take the cores from those who order.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ToldEvery { get; init; } = TimeSpan.FromSeconds(1);
}
