using Shop.Data.Pricing.Promotions;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>Units that are cheaper because of others.</summary>
public sealed class BundleTests
{
    [Fact]
    public void Buy_two_of_three_get_the_first_free_in_whichever_order_they_were_put_in()
    {
        var buyGet = Free(Tagged("a", "b", "c"), 2, Tagged("a"), 1);
        int[][] orders =
        [
            [1, 2, 3],
            [1, 3, 2],
            [2, 1, 3],
            [2, 3, 1],
            [3, 1, 2],
            [3, 2, 1],
        ];
        string[] tags = ["a", "b", "c"];

        Assert.All(
            orders,
            order =>
                Assert.Equal(
                    "1000 0 0",
                    Cart([.. order.Select(sku => Line(sku, 1000, 1, tags[sku - 1]))]).With(buyGet).Off()
                )
        );
    }

    [Fact]
    public void Three_for_two_makes_the_cheapest_free()
    {
        var quote = Cart(Line(1, 400, 5), Line(2, 600, 2)).With(ThreeForTwo());

        Assert.Equal("800 0", quote.Off());
        Assert.Equal(Of(2400), quote.Cost.Total);
    }

    [Fact]
    public void Each_shirt_makes_a_tie_cheaper() =>
        Assert.Equal(
            "0 1500",
            Cart(Line(1, 2000, 2, "shirt"), Line(2, 1500, 5, "tie"))
                .With(Free(Tagged("shirt"), 1, Tagged("tie"), 1) with { PerMillion = Percent(50) })
                .Off()
        );

    [Theory]
    [InlineData(10, 20, 10, 20)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(2, 1, 0, 3)]
    public void Too_few_units_say_how_many_are_missing(int buy, int get, int there, int missing)
    {
        var promotion = Promotion(1, Free(Tagged("a"), buy, Tagged("a"), get)) with { IsAdvertised = true };

        var quote = Cart([
                Line(2, 100),
                .. there > 0
                    ? [Line(1, 900, there, "a")]
                    : Array.Empty<Shop.Data.Pricing.Quoting.QuoteLine>(),
            ])
            .With(promotion);

        Assert.Equal(new(PromotionReason.TooFewUnits, MissingUnits: missing), quote.Hindrance(1));
        Assert.Equal(Of(0), quote.Cost.Discount);
    }

    [Fact]
    public void A_bundle_applies_no_more_often_than_it_may() =>
        Assert.Equal("900", Cart(Line(1, 900, 9)).With(ThreeForTwo() with { Times = 1 }).Off());

    [Fact]
    public void What_is_got_can_be_spread_over_what_is_bought()
    {
        var quote = Cart(Line(1, 400, 2), Line(2, 600, 1))
            .With(ThreeForTwo() with { Spread = Spread.OverAll });

        Assert.Equal("229 171", quote.Off());
        // The dearest are those that are bought.
        Assert.Equal(
            "160 0 240",
            Cart(Line(1, 400), Line(2, 500), Line(3, 600))
                .With(Free(All, 1, All, 1) with { Spread = Spread.OverAll, Times = 1 })
                .Off()
        );
    }

    [Fact]
    public void A_unit_that_is_got_is_not_bought_where_the_discount_is_spread()
    {
        var get = Free(All, 1, Tagged("a"), 1) with { Spread = Spread.OverAll };

        Assert.Equal("810 90", Cart(Line(1, 900, 1, "a"), Line(2, 100, 2)).With(get).Off());
    }

    [Fact]
    public void What_is_bought_is_not_got_as_well()
    {
        var tie = Tagged("tie");

        // Of three ties one is got for another; the third would need a fourth.
        Assert.Equal("1500", Cart(Line(1, 1500, 3, "tie")).With(Free(tie, 1, tie, 1)).Off());
        // The one tie has to be bought, so the shirt is got, though it is dearer.
        Assert.Equal(
            "0 2000",
            Cart(Line(1, 1500, 1, "tie"), Line(2, 2000, 1, "shirt"))
                .With(Free(tie, 1, Tagged("tie", "shirt"), 1))
                .Off()
        );
    }

    [Fact]
    public void Any_three_for_ten_pounds_counts_the_dearest()
    {
        var quote = Cart(Line(1, 400, 2), Line(2, 350, 2)).With(For(3, 1000));

        Assert.Equal("104 46", quote.Off());
        Assert.Equal(Of(1350), quote.Cost.Total);
    }

    [Fact]
    public void Of_units_that_cost_the_same_those_of_the_smaller_SKU_go_first()
    {
        Assert.Equal("500 0", Cart(Line(2, 500, 2), Line(1, 500)).With(ThreeForTwo()).Off());
        Assert.Equal("133 67", Cart(Line(2, 400, 2), Line(1, 400, 2)).With(For(3, 1000)).Off());
    }

    [Fact]
    public void Units_that_cost_less_than_the_fixed_price_are_left_alone()
    {
        Assert.Equal("200 0", Cart(Line(1, 400, 3), Line(2, 300, 3)).With(For(3, 1000)).Off());
        Assert.Equal("400 0", Cart(Line(1, 400, 6), Line(2, 1, 9999)).With(For(3, 1000)).Off());
        Assert.Equal(
            "200 0",
            Cart(Line(1, 400, 6), Line(2, 1, 9999)).With(For(3, 1000) with { Times = 1 }).Off()
        );
    }

    [Fact]
    public void Units_for_a_price_say_how_many_are_missing() =>
        Assert.Equal(
            new(PromotionReason.TooFewUnits, MissingUnits: 1),
            Cart(Line(1, 400, 2)).With(Promotion(1, For(3, 1000)) with { IsAdvertised = true }).Hindrance(1)
        );

    private static UnitsForPrice For(int units, long price) => new(units, Only(price), All, Times: null);

    private static BuyGet ThreeForTwo() => Free(All, 2, All, 1);

    private static BuyGet Free(Items buy, int buyUnits, Items get, int getUnits) =>
        new(buy, buyUnits, get, getUnits, Percent(100), Times: null, Spread.OnGot);
}
