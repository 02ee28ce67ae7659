using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(1290, "EUR", "12.90")]
    [InlineData(1290, "JPY", "1290")]
    [InlineData(1290, "KWD", "1.290")]
    [InlineData(-5, "GBP", "-0.05")]
    public void An_amount_has_the_decimals_of_its_currency(long minor, string currency, string amount)
    {
        var money = new Money(minor, currency);

        Assert.Equal(amount, money.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(money, Money.Of(money.Amount, currency));
    }

    [Fact]
    public void Amounts_finer_than_a_currency_are_refused() =>
        Assert.Throws<ArgumentException>(() => Money.Of(0.5m, "JPY"));

    [Theory]
    [InlineData("92233720368547758.07", long.MaxValue)]
    [InlineData("-92233720368547758.07", -long.MaxValue)]
    [InlineData("92233720368547758.08", null)]
    [InlineData("0.001", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("-79228162514264337593543950335", null)]
    public void Amounts_beyond_what_money_can_be_are_refused(string amount, long? minor) =>
        Assert.Equal(
            minor,
            Money
                .TryOf(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "EUR")
                ?.Minor
        );

    [Fact]
    public void Two_currencies_do_not_add_up() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "GBP"));

    [Fact]
    public void A_sum_too_large_to_hold_is_an_error_and_no_other_sum() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "EUR") + new Money(1, "EUR"));
}
