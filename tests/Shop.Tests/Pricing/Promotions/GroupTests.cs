using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>Of a group one applies; one that applies alone applies with none.</summary>
public sealed class GroupTests
{
    private static readonly QuoteRequest _wardrobe = Cart(
        Line(1, 8000, 1, "shoes"),
        Line(2, 2000, 1, "socks")
    );

    [Fact]
    public void Each_line_takes_the_best_of_a_group()
    {
        var quote = _wardrobe.With(
            InGroup(1, LinesPercent(10)),
            InGroup(2, LinesPercent(25, Tagged("shoes")))
        );

        Assert.Equal("2000 200", quote.Off());
    }

    [Fact]
    public void Each_line_takes_the_first_of_a_group_where_the_group_says_so()
    {
        var quote = _wardrobe.With(
            InGroup(1, LinesPercent(10, Tagged("shoes"))) with
            {
                Pick = GroupPick.First,
            },
            InGroup(2, LinesPercent(25)) with
            {
                Pick = GroupPick.First,
            }
        );

        Assert.Equal("800 500", quote.Off());
    }

    [Fact]
    public void A_member_that_looks_at_all_lines_makes_its_group_decide_for_the_whole_cart()
    {
        var quote = _wardrobe.With(
            InGroup(1, LinesPercent(10)),
            InGroup(2, LinesPercent(25, Tagged("shoes"), max: 1900))
        );

        Assert.Equal("1900 0", quote.Off());
    }

    [Theory]
    [InlineData(7000, 800, 1, 2)]
    [InlineData(9000, 900, 2, 1)]
    [InlineData(8000, 800, 2, 1)]
    public void An_order_takes_the_best_of_a_group_and_says_which_has_lost(
        long goods,
        long off,
        long loser,
        long winner
    )
    {
        var quote = Cart(Line(1, goods))
            .With(
                InGroup(1, OrderPercent(10)) with
                {
                    IsAdvertised = true,
                },
                InGroup(2, OrderAmount(800)) with
                {
                    IsAdvertised = true,
                }
            );

        Assert.Equal(Of(off), quote.Cost.Discount);
        var hindrance = quote.Hindrance(loser)!;
        Assert.Equal(PromotionReason.BetterOffer, hindrance.Reason);
        Assert.Equal(winner, hindrance.LostTo!.Id.Value);
    }

    [Fact]
    public void An_order_takes_the_first_of_a_group_where_the_group_says_so()
    {
        var quote = Cart(Line(1, 7000))
            .With(
                InGroup(1, OrderPercent(10)) with
                {
                    Pick = GroupPick.First,
                    When = From(9999),
                    IsAdvertised = true,
                },
                InGroup(2, OrderAmount(100)) with
                {
                    Pick = GroupPick.First,
                },
                InGroup(3, OrderAmount(800)) with
                {
                    Pick = GroupPick.First,
                }
            );

        Assert.Equal(Of(100), quote.Cost.Discount);
        Assert.Equal(PromotionReason.Subtotal, quote.Hindrance(1)!.Reason);
    }

    [Fact]
    public void Of_equal_ones_the_first_applies_to_a_line()
    {
        var quote = _wardrobe.With(
            InGroup(1, LinesPercent(10)),
            InGroup(2, LinesPercent(10)) with
            {
                IsAdvertised = true,
            }
        );

        Assert.Equal(1, quote.Hindrance(2)!.LostTo!.Id.Value);
    }

    [Fact]
    public void A_group_stands_where_its_first_member_in_force_does_even_if_that_does_not_fit()
    {
        var early = InGroup(1, OrderAmount(1)) with { Priority = 1, When = From(99_999) };
        var late = InGroup(2, OrderPercent(50)) with { Priority = 3 };
        var between = Promotion(3, OrderAmount(1000)) with { Priority = 2 };

        Assert.Equal(Of(4000), Cart(Line(1, 10_000)).With(early, between, late).Cost.Total);
        Assert.Equal(
            Of(4500),
            Cart(Line(1, 10_000)).With(early with { NeedsCode = true }, between, late).Cost.Total
        );
    }

    [Theory]
    [InlineData(30, 3999, PromotionReason.Excluded)]
    [InlineData(29, 4000, null)]
    public void What_applies_alone_does_where_goods_and_shipping_cost_less(
        int percent,
        long total,
        PromotionReason? ten
    )
    {
        var quote = (Cart(Line(1, 5000)) with { Method = Post(499) }).With(
            Promotion(1, LinesPercent(10)) with
            {
                IsAdvertised = true,
            },
            Promotion(2, OrderAmount(500)),
            Promotion(3, FreeShipping),
            Promotion(4, OrderPercent(percent)) with
            {
                Alone = true,
                IsAdvertised = true,
            }
        );

        Assert.Equal(Of(total), quote.Cost.Total);
        Assert.Equal(ten, quote.Hindrance(1)?.Reason);
        Assert.Equal(ten is null ? PromotionReason.BetterOffer : null, quote.Hindrance(4)?.Reason);
        Assert.Equal(ten is null ? null : 4L, quote.Hindrance(1)?.LostTo?.Id.Value);
    }

    [Fact]
    public void At_a_draw_stacked_ones_win_then_the_smaller_priority()
    {
        var alone = Promotion(1, OrderPercent(10)) with { Alone = true };
        var other = Promotion(2, OrderAmount(1000)) with { Alone = true, Priority = 1 };
        var stacked = Promotion(3, LinesPercent(10));

        Assert.Equal(3, Applied(alone, other, stacked));
        Assert.Equal(2, Applied(alone, other));
    }

    private static long Applied(params Promotion[] promotions) =>
        Cart(Line(1, 10_000))
            .With(promotions)
            .Promotions.Single(outcome => outcome.IsApplied)
            .Promotion.Id.Value;

    private static Promotion InGroup(long id, PromotionAction action) =>
        Promotion(id, action) with
        {
            Group = "one",
        };
}
