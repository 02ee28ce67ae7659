using Shop.Data.Kernel;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>Currencies have none, two or three decimals.</summary>
public sealed class CurrencyTests
{
    [Fact]
    public void Yen_have_no_decimals() => Assert.Equal(new(899, "JPY"), Cost("JPY", 999, 1, 10));

    [Fact]
    public void Dinars_have_three() => Assert.Equal(new(3200, "KWD"), Cost("KWD", 1255, 3, 15));

    private static Money Cost(string currency, long price, int units, decimal percentOff)
    {
        var line = Line(1, 0, units) with { UnitPrice = new(price, currency) };
        return (Cart(line) with { Currency = currency }).With(LinesPercent(percentOff)).Cost.Total;
    }
}
