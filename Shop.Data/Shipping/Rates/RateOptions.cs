using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Shipping.Rates;

/// <summary>A service that tells what carriers charge. Section <c>Shipping:Rates</c>.</summary>
public sealed class RateOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Shipping:Rates";

    /// <summary>Where questions are posted, by HTTP or HTTPS; null where nobody is asked, and tables alone count.</summary>
    public Uri? Address { get; init; }

    /// <summary>Sent as <c>Authorization: Bearer</c>; null for none. A secret.</summary>
    public string? Key { get; init; }

    /// <summary>How long an answer is waited for: a cart waits as long, and shoppers do not.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:00:10")]
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How many questions a process asks at once. One that waits longer than its time for its turn has no answer.</summary>
    [Range(1, 1_000)]
    public int CallsAtOnce { get; init; } = 32;

    /// <summary>How long an answer is good: long enough that an order is charged what its cart has shown.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many answers are kept in Redis; some hundred bytes each. The one that was used longest ago goes first.</summary>
    [Range(100, 1_000_000)]
    public int MaxKept { get; init; } = 20_000;

    /// <summary>Whether <see cref="Address"/> is one that can be asked.</summary>
    internal bool IsAddressSound =>
        Address is not { } address
        || address is { IsAbsoluteUri: true, UserInfo: "" } && address.Scheme is "http" or "https";
}
