using Shop.Data.Kernel;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Stripe's exponents are not ISO 4217's.</summary>
public sealed class StripeAmountsTests
{
    [Theory]
    [InlineData("EUR", 12990, 12990)]
    [InlineData("JPY", 500, 500)]
    [InlineData("UGX", 5000, 500000)]
    [InlineData("ISK", 120, 12000)]
    [InlineData("MGA", 250000, 2500)]
    [InlineData("KWD", 1290, 1290)]
    public void An_amount_goes_over_the_wire_and_back(string currency, long minor, long wire)
    {
        Assert.Equal(wire, StripeAmounts.ToWire(new(minor, currency)));
        Assert.Equal(minor, StripeAmounts.FromWire(wire, currency));
    }

    [Theory]
    [InlineData("MGA", 250001)]
    [InlineData("KWD", 1291)]
    public void What_the_wire_cannot_say_is_refused_and_not_rounded(string currency, long minor) =>
        Assert.Null(StripeAmounts.ToWire(new(minor, currency)));

    [Theory]
    [InlineData("UGX", 500050)]
    [InlineData("ISK", 12001)]
    [InlineData("XXX", 100)]
    public void What_the_shop_cannot_say_is_not_read(string currency, long wire) =>
        Assert.Null(StripeAmounts.FromWire(wire, currency));

    [Theory]
    [InlineData("EUR", 50, 99_999_999)]
    [InlineData("GBP", 30, 99_999_999)]
    [InlineData("JPY", 50, 99_999_999)]
    [InlineData("UGX", 1, 999_999)]
    [InlineData("MGA", 100, 9_999_999_900)]
    public void The_least_and_the_most_are_in_the_shops_units(string currency, long min, long max) =>
        Assert.Equal(new AmountRange(min, max), StripeAmounts.Range(currency));

    [Fact]
    public void Every_currency_of_the_shop_goes_over_the_wire_and_back_where_it_can()
    {
        foreach (var currency in Currencies.All)
        {
            const long Minor = 123_000;
            var wire = StripeAmounts.ToWire(new(Minor, currency.Code));

            Assert.NotNull(wire);
            Assert.Equal(Minor, StripeAmounts.FromWire(wire.Value, currency.Code));
        }
    }
}
