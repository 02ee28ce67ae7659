using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>A service outside that reckons the taxes, in place of the shop's own zones. Section <c>Channel:TaxService</c>.</summary>
public sealed class TaxServiceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Channel:TaxService";

    /// <summary>Where it is, with a slash at its end; null for none: then the zones alone tax.</summary>
    public Uri? Address { get; init; }

    /// <summary>What it knows the shop by: sent as a bearer token, never logged. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>What becomes of orders while it is away. Refused, since taxes that are reckoned wrong are the shop's to pay.</summary>
    [EnumDataType(typeof(WhenAway))]
    public WhenAway WhenAway { get; init; } = WhenAway.Refuse;

    /// <summary>How long a cart waits for it. Less than a second: a cart is looked at often.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05", ConvertValueInInvariantCulture = true)]
    public TimeSpan CartLimit { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long a placement waits for it. Longer: the customer has decided.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10", ConvertValueInInvariantCulture = true)]
    public TimeSpan OrderLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it may take to write down an order. Nobody waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ConvertValueInInvariantCulture = true)]
    public TimeSpan DocumentLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long its answers are kept. So long that a placement uses what the cart has shown.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>What becomes of orders while the service is away.</summary>
public enum WhenAway
{
    /// <summary>They are refused, and can be placed once it is back.</summary>
    Refuse,

    /// <summary>They are taxed by the shop's own zones, and say so.</summary>
    FallBack,
}
