using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Channels;

/// <summary>How the shop sells: where it is at home, and what its prices mean. Section <c>Channel</c>.</summary>
public sealed class ChannelOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Channel";

    /// <summary>
    /// Where it is at home, ISO 3166-1 alpha-2: the taxes of this country are those in its prices, and those of a cart that does
    /// not say where it goes. The kingdom, as the pounds of <c>Shop:Currency</c>.
    /// </summary>
    [Required]
    [RegularExpression("^[A-Z]{2}$")]
    public string Country { get; init; } = "GB";

    /// <summary>Whether prices have home's taxes in them, as consumers in most countries are shown them; else taxes come on top.</summary>
    public bool PricesIncludeTax { get; init; } = true;

    /// <summary>What of a price with taxes in it stays the same abroad. What the customer pays: it is the price they have seen.</summary>
    [EnumDataType(typeof(HeldPrice))]
    public HeldPrice Held { get; init; } = HeldPrice.Gross;

    /// <summary>Where the tax of goods is rounded. Per line, since a line is what comes back.</summary>
    [EnumDataType(typeof(TaxRounding))]
    public TaxRounding TaxRounding { get; init; } = TaxRounding.PerLine;

    /// <summary>Where halves of taxes go. Away from zero, as tax offices write it most often.</summary>
    [EnumDataType(typeof(Rounding))]
    public Rounding Rounding { get; init; } = Rounding.HalfAwayFromZero;

    /// <summary>How shipping is taxed. As the goods, each by its value, which no office refuses.</summary>
    [EnumDataType(typeof(ShippingTax))]
    public ShippingTax ShippingTax { get; init; } = ShippingTax.Prorated;

    /// <summary>The class of shipping where <see cref="ShippingTax"/> is <c>Class</c>: 1 to 50 small letters, digits and hyphens.</summary>
    [Required]
    [RegularExpression("^[a-z0-9-]{1,50}$")]
    public string ShippingTaxClass { get; init; } = "standard";

    /// <summary>
    /// The currencies that clients can choose beside <c>Shop:Currency</c>, ISO 4217. None, for each of them needs an exchange rate, and a
    /// payment channel that takes it.
    /// </summary>
    public string[] Currencies { get; init; } = [];

    /// <summary>
    /// How prices end that are converted into a currency, by its code: with <c>0.99</c>, 11.74 becomes 11.99. None: prices are as they come out.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> Endings { get; init; } = new Dictionary<string, decimal>();

    /// <summary>
    /// Whose clock the hours of promotions go by: a name of the IANA time zone database. UTC, which a shop that has no hours need
    /// not think about.
    /// </summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether <see cref="Currencies"/> are some.</summary>
    internal bool HasCurrencies => Array.TrueForAll(Currencies, Kernel.Currencies.Exists);

    /// <summary>Whether <see cref="Endings"/> are amounts of those, less than a thousand.</summary>
    internal bool HasEndings =>
        Endings.All(ending =>
            Currencies.Contains(ending.Key)
            && ending.Value is >= 0 and < 1000
            && Money.TryOf(ending.Value, ending.Key) is not null
        );

    /// <summary>Whether <see cref="TimeZone"/> is one.</summary>
    internal bool HasTimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _);

    /// <summary>A moment, as the shop's clocks show it.</summary>
    public DateTimeOffset LocalTime(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
}
