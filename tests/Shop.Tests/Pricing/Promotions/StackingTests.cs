using Shop.Data.Pricing.Promotions;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>Promotions come one after the other, and each works on what is left.</summary>
public sealed class StackingTests
{
    [Fact]
    public void A_percentage_of_an_order_rounds_once_and_is_shared()
    {
        var quote = Cart(Line(1, 333), Line(2, 333), Line(3, 334)).With(OrderPercent(10));

        Assert.Equal("33 33 34", quote.Off());
        Assert.Equal(Of(900), quote.Cost.Total);
    }

    [Fact]
    public void An_amount_off_equal_lines_gives_the_odd_penny_to_the_first_SKU()
    {
        var quote = Cart(Line(1, 999), Line(2, 999), Line(3, 999)).With(OrderAmount(1000));

        Assert.Equal("334 333 333", quote.Off());
        Assert.Equal(Of(1997), quote.Cost.Total);
    }

    [Fact]
    public void More_off_than_is_left_takes_what_is_left()
    {
        var cart = Cart(Line(1, 1056, 3), Line(2, 6000));

        Assert.Equal("691 1309", cart.With(OrderAmount(2000)).Off());
        var both = cart.With(OrderAmount(2000), OrderAmount(8000));
        Assert.Equal("3168 6000", both.Off());
        Assert.Equal([2000, 7168], both.Promotions.Select(outcome => outcome.Amount.Minor));
        Assert.Equal(Of(0), both.Cost.Total);
    }

    [Fact]
    public void A_percentage_of_lines_rounds_in_each_line()
    {
        Assert.Equal(Of(4495), Cart(Line(1, 4995)).With(LinesPercent(10)).Cost.Total);
        Assert.Equal(Of(1499), Cart(Line(1, 1999)).With(LinesPercent(25)).Cost.Total);
        Assert.Equal("1 1 1", Cart(Line(1, 5), Line(2, 5), Line(3, 5)).With(LinesPercent(10)).Off());
    }

    [Fact]
    public void Forty_and_seventy_percent_leave_eighteen_and_not_nothing()
    {
        var quote = Cart(Line(1, 1000, 10)).With(OrderPercent(70), LinesPercent(40));

        Assert.Equal([4000, 4200], quote.Promotions.Select(outcome => outcome.Amount.Minor));
        Assert.Equal(Of(1800), quote.Cost.Total);
    }

    [Fact]
    public void A_percentage_stops_at_its_bound()
    {
        var cart = Cart(Line(1, 6000), Line(2, 4000));

        Assert.Equal("900 600", cart.With(OrderPercent(20, max: 1500)).Off());
        Assert.Equal("900 600", cart.With(LinesPercent(20, max: 1500)).Off());
        Assert.Equal("1200 800", cart.With(LinesPercent(20, max: 2000)).Off());
    }

    [Fact]
    public void What_is_reduced_already_can_be_left_out()
    {
        var quote = Cart(Line(1, 8000, 1, "sale"), Line(2, 4000))
            .With(ReducePrice(25, Tagged("sale")), OrderPercent(20, new() { NotReduced = true }));

        Assert.Equal("0 800", quote.Off());
        Assert.Equal(Of(10_000), quote.Cost.Subtotal);
    }

    [Theory]
    [InlineData(Measured.SoFar, 4950, 50)]
    [InlineData(Measured.BeforeDiscounts, 4450, null)]
    public void A_threshold_is_measured_after_earlier_promotions_or_before_all(
        Measured measured,
        long total,
        int? missing
    )
    {
        var five = Promotion(2, OrderAmount(500)) with { When = From(5000, measured), IsAdvertised = true };

        var quote = Cart(Line(1, 5500)).With(Promotion(1, LinesPercent(10)), five);

        Assert.Equal(Of(total), quote.Cost.Total);
        Assert.Equal(missing, quote.Hindrance(2)?.Missing?.Minor);
    }

    [Theory]
    [InlineData(Measured.SoFar, 2750)]
    [InlineData(Measured.BeforeDiscounts, 2250)]
    public void Before_all_promotions_is_before_those_of_product_pages_too(Measured measured, long total)
    {
        var five = Promotion(2, OrderAmount(500)) with { When = From(5000, measured) };

        Assert.Equal(Of(total), Cart(Line(1, 5500)).With(Promotion(1, ReducePrice(50)), five).Cost.Total);
    }

    [Fact]
    public void Free_shipping_is_for_goods_that_cost_enough_after_their_discounts()
    {
        var free = Promotion(2, FreeShipping) with { When = From(5000), IsAdvertised = true };

        var quote = (Cart(Line(1, 8000)) with { Method = Post(499) }).With(
            Promotion(1, LinesPercent(50)),
            free
        );

        Assert.Equal((Of(4000), Of(499)), (quote.Cost.Subtotal - quote.Cost.Discount, quote.Cost.Shipping));
        Assert.Equal(new(PromotionReason.Subtotal, Of(1000)), quote.Hindrance(2));
    }

    [Fact]
    public void Of_a_price_the_unit_rounds_and_no_discount_is_told()
    {
        var quote = Cart(Line(1, 105, 3)).With(ReducePrice(10), ReducePrice(5));

        var line = Assert.Single(quote.Lines);
        Assert.Equal((Of(94), Of(105)), (line.UnitPrice, line.FullUnitPrice));
        Assert.Equal((Of(282), Of(0)), (quote.Cost.Subtotal, quote.Cost.Discount));
    }

    [Fact]
    public void In_a_stage_the_smaller_priority_comes_first_then_the_smaller_id()
    {
        var (ten, five) = (Promotion(1, OrderPercent(10)), Promotion(2, OrderAmount(500)));

        Assert.Equal(Of(8500), Cart(Line(1, 10_000)).With(five, ten).Cost.Total);
        Assert.Equal(Of(8550), Cart(Line(1, 10_000)).With(ten, five with { Priority = 99 }).Cost.Total);
    }
}
