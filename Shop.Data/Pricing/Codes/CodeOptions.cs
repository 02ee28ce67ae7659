using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Pricing.Codes;

/// <summary>How codes of promotions are guarded. Section <c>Pricing:Codes</c>.</summary>
public sealed class CodeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Pricing:Codes";

    /// <summary>
    /// Codes that are none, typed for one cart, before each next one has to wait: a second, and twice as long each time, up to the
    /// window. Ten are enough for a tired customer.
    /// </summary>
    [Range(1, 1000)]
    public int CartAttempts { get; init; } = 10;

    /// <summary>
    /// Codes that are none from one address in a window, whatever the carts, which cost nothing to make. Many people can share
    /// one, so it is generous.
    /// </summary>
    [Range(1, 100_000)]
    public int AddressAttempts { get; init; } = 100;

    /// <summary>How long attempts count, from the first one on; and the longest wait of one who guesses.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AttemptWindow { get; init; } = TimeSpan.FromMinutes(15);
}
