using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Carts;

/// <summary>How carts are kept. Section <c>Carts</c>.</summary>
public sealed class CartOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Carts";

    /// <summary>
    /// How long a cart is kept after it was last used. A month: people come back after pay day.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(30);
}
