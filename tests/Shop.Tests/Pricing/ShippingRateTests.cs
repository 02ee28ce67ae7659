using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>What shipping costs depends on what is shipped.</summary>
public sealed class ShippingRateTests
{
    [Theory]
    [InlineData(RateBy.Flat, 0, 1, 700)]
    [InlineData(RateBy.Weight, 1999, 1, 700)]
    [InlineData(RateBy.Weight, 2000, 1, 300)]
    [InlineData(RateBy.Weight, 1000, 2, 300)]
    [InlineData(RateBy.Units, 0, 1999, 700)]
    [InlineData(RateBy.Units, 0, 2000, 300)]
    public void A_rate_is_for_its_first_measure_up_to_the_next_rate(
        RateBy by,
        long grams,
        int units,
        long price
    )
    {
        var cart = Cart(Line(1, 1, units) with { Grams = grams }) with { Method = By(by) };

        Assert.Equal(Of(price), cart.With(PromotionBook.Empty).Cost.Shipping);
    }

    [Fact]
    public void The_value_of_goods_is_what_they_cost_after_their_discounts()
    {
        var cart = Cart(Line(1, 2000)) with { Method = By(RateBy.Value) };

        Assert.Equal(Of(300), cart.With(PromotionBook.Empty).Cost.Shipping);
        Assert.Equal(Of(700), cart.With(OrderAmount(1)).Cost.Shipping);
    }

    [Fact]
    public void A_way_that_does_not_take_such_goods_has_no_price()
    {
        var letter = new ShippingMethod(new(1), RateBy.Units, [new(0, 10, Of(100))]);

        Assert.Null((Cart(Line(1, 1, 10)) with { Method = letter }).With(PromotionBook.Empty).Shipping);
    }

    [Fact]
    public void What_it_costs_in_another_currency_is_what_is_said_in_it_and_else_converted()
    {
        var euro = new Conversion("GBP", "EUR", 1.1735m, Ending: 0.99m);
        var said = new ShippingRate(0, null, new(500, "EUR"));
        var pounds = new ShippingRate(0, null, Of(300), Of(10));

        var both = new ShippingMethod(new(1), RateBy.Flat, [pounds, said]);
        var one = both with { Rates = [pounds] };
        var byValue = one with { By = RateBy.Value };

        Assert.Equal(both, both.In("EUR", euro));
        Assert.Equal(
            new ShippingRate(0, null, new(352, "EUR"), new Money(12, "EUR")),
            Assert.Single(one.In("EUR", euro).Rates)
        );
        // Bounds in pounds say nothing of euros.
        Assert.Equal(byValue, byValue.In("EUR", euro));
        Assert.Equal(one, one.In("GBP", null));
    }

    private static ShippingMethod By(RateBy by) =>
        new(new(1), by, [new(0, 2000, Of(700)), new(2000, null, Of(300))]);
}
