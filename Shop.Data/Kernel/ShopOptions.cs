using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Kernel;

/// <summary>What all contexts go by. Section <c>Shop</c>.</summary>
public sealed class ShopOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Shop";

    /// <summary>What all prices are in, ISO 4217. Pounds, as in the sample catalogue.</summary>
    [Required]
    [RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; init; } = "GBP";
}
