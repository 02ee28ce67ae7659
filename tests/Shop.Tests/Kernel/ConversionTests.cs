using System.Globalization;
using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

/// <summary>From pounds to other currencies.</summary>
public sealed class ConversionTests
{
    private static readonly CultureInfo _invariant = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData(1000, "EUR", "1.1735", 1174)]
    [InlineData(1000, "JPY", "190.25", 1903)]
    [InlineData(1000, "KWD", "0.4125", 4125)]
    [InlineData(5, "EUR", "1.1", 6)]
    [InlineData(-5, "EUR", "1.1", -6)]
    [InlineData(1, "EUR", "0.000000001", 0)]
    [InlineData(long.MaxValue / 1_000_000, "VND", "1000000", 92233720368540000)]
    public void An_amount_is_rounded_once_to_the_units_of_the_other(
        long pence,
        string to,
        string rate,
        long minor
    ) => Assert.Equal(new(minor, to), At(to, rate).Of(new(pence, "GBP")));

    [Theory]
    [InlineData("EUR", "1.1735", "0.99", 1199)]
    [InlineData("EUR", "1.199", "0.99", 1199)]
    [InlineData("EUR", "1.1991", "0.99", 1199)]
    [InlineData("EUR", "1.2", "0.99", 1299)]
    [InlineData("EUR", "1.1735", "0", 1200)]
    [InlineData("EUR", "1.1735", "4.95", 1495)]
    [InlineData("JPY", "190.25", "80", 1980)]
    [InlineData("JPY", "190.25", "0", 1903)]
    [InlineData("KWD", "0.4125", "0.75", 4750)]
    public void A_price_goes_up_to_the_next_that_ends_as_prices_do(
        string to,
        string rate,
        string ending,
        long minor
    )
    {
        var conversion = At(to, rate) with { Ending = decimal.Parse(ending, _invariant) };

        Assert.Equal(new(minor, to), conversion.PriceOf(new(1000, "GBP")));
        // What is no price of goods, such as that of shipping, ends as it comes out.
        Assert.Equal(At(to, rate).Of(new(1000, "GBP")), conversion.Of(new(1000, "GBP")));
    }

    [Theory]
    [InlineData("0.000000001", true)]
    [InlineData("1000000", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("1000000.1", false)]
    [InlineData("0.0000000001", false)]
    public void A_rate_is_more_than_nothing_and_has_nine_decimals_at_most(string rate, bool isOne) =>
        Assert.Equal(isOne, Conversion.IsRate(decimal.Parse(rate, _invariant)));

    [Fact]
    public void Only_what_is_in_the_first_currency_is_converted() =>
        Assert.Throws<InvalidOperationException>(() => At("EUR", "1").Of(new(1, "USD")));

    private static Conversion At(string to, string rate) => new("GBP", to, decimal.Parse(rate, _invariant));
}
