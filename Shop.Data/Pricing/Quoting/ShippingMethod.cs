using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>A way to ship, with what it costs to the place in question.</summary>
/// <param name="Id">Names it.</param>
/// <param name="By">What its price depends on.</param>
/// <param name="Rates">Steps, in any order.</param>
public sealed record ShippingMethod(ShippingMethodId Id, RateBy By, IReadOnlyList<ShippingRate> Rates)
{
    private const int Kilogram = 1000;

    /// <summary>What has to be so; null for nothing.</summary>
    public Condition? When { get; init; }

    /// <summary>What its carrier has told; null where it was not asked or has not answered, and the table counts.</summary>
    public ToldRate? Told { get; init; }

    /// <summary>How it is taxed: a class of <see cref="Taxes.TaxTerms"/>; null for as the shop taxes shipping.</summary>
    public string? TaxClass { get; init; }

    /// <summary>
    /// With its prices in a currency: those that staff has set in it; where there are none, the shop's own, converted. A way by value goes
    /// by the former alone, since bounds are never converted.
    /// </summary>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="conversion">Null for none.</param>
    public ShippingMethod In(string currency, Conversion? conversion) =>
        conversion is null || By == RateBy.Value || Rates.Any(rate => rate.Price.Currency == currency)
            ? this
            : this with
            {
                Rates =
                [
                    .. Rates
                        .Where(rate => rate.Price.Currency == conversion.From)
                        .Select(rate =>
                            rate with
                            {
                                Price = conversion.Of(rate.Price),
                                PerUnit = rate.PerUnit is { } each ? conversion.Of(each) : null,
                            }
                        ),
                ],
            };

    /// <summary>What it costs; null where it does not take such goods, or there is nothing to ship.</summary>
    internal Money? PriceOf(Pass pass)
    {
        var goods = pass.Goods.FindAll(charge => charge.Line.RequiresShipping);
        if (goods.Count == 0 || When?.Check(pass) is not null)
        {
            return null;
        }

        if (Told is not null)
        {
            return Told.Price;
        }

        var measure = By switch
        {
            RateBy.Weight => goods.Sum(charge => charge.Line.Grams * charge.Line.Quantity),
            RateBy.Value => goods.Sum(charge => charge.Left.Minor),
            RateBy.Units => goods.Sum(charge => charge.Line.Quantity),
            _ => 0,
        };
        return
            Rates
                .Where(rate => rate.Price.Currency == pass.Currency)
                .FirstOrDefault(rate => rate.From <= measure && (rate.Until is null || measure < rate.Until))
                is { } rate
            ? PriceOf(rate, measure - rate.From)
            : null;
    }

    private Money PriceOf(ShippingRate rate, long past) =>
        rate.PerUnit is { } each
            ? rate.Price + each * (By == RateBy.Weight ? (past + Kilogram - 1) / Kilogram : past)
            : rate.Price;
}

/// <summary>What the price of shipping depends on.</summary>
public enum RateBy
{
    /// <summary>Nothing.</summary>
    Flat,

    /// <summary>Grams.</summary>
    Weight,

    /// <summary>What the goods cost after all promotions, in minor units.</summary>
    Value,

    /// <summary>How many there are.</summary>
    Units,
}

/// <summary>A step of a rate table.</summary>
/// <param name="From">The least measure.</param>
/// <param name="Until">The first measure past it; null for no end.</param>
/// <param name="Price">What shipping costs.</param>
/// <param name="PerUnit">What each unit, or each kilogram that is begun, past the least costs beside; null for nothing.</param>
public sealed record ShippingRate(long From, long? Until, Money Price, Money? PerUnit = null);
