using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>Why a promotion does nothing, and what is missing.</summary>
public sealed class HindranceTests
{
    private static readonly QuoteRequest _cart = Cart(Line(1, 1000, 2, "tea")) with { Method = Post(300) };

    [Fact]
    public void It_begins_at_its_first_moment_and_is_over_at_its_last()
    {
        Assert.Null(Reason(Ten with { StartsAt = Noon, EndsAt = Noon.AddTicks(1) }));
        Assert.Equal(PromotionReason.NotYet, Reason(Ten with { StartsAt = Noon.AddTicks(1) }));
        Assert.Equal(PromotionReason.Ended, Reason(Ten with { EndsAt = Noon }));
    }

    [Fact]
    public void It_waits_for_its_code()
    {
        var coded = Ten with { NeedsCode = true };

        Assert.Equal(PromotionReason.CodeNeeded, Reason(coded));
        var quote = (_cart with { Codes = [new("TEN", coded.Id)] }).With(coded);
        Assert.Null(quote.Hindrance(1));
        Assert.Equal("TEN", Assert.Single(quote.Lines[0].Discounts).Code);
    }

    [Fact]
    public void It_is_silent_where_no_code_was_typed_and_the_shop_does_not_advertise_it()
    {
        var ended = Ten with { EndsAt = Noon, IsAdvertised = false };

        Assert.Empty(_cart.With(ended).Promotions);
        Assert.Single((_cart with { Codes = [new("TEN", ended.Id)] }).With(ended).Promotions);
    }

    [Fact]
    public void A_cart_tells_of_fifty_at_most_and_first_of_those_that_apply()
    {
        var ended = Enumerable.Range(1, 50).Select(id => Ten with { Id = new(id), EndsAt = Noon });

        var told = _cart.With([.. ended, Ten with { Id = new(51) }]).Promotions;

        Assert.Equal(50, told.Count);
        Assert.Equal(51, told[0].Promotion.Id.Value);
    }

    [Fact]
    public void It_needs_something_to_take_off_from()
    {
        Assert.Equal(PromotionReason.NoSuchItem, Reason(LinesPercent(10, Tagged("coffee"))));
        Assert.Equal(
            PromotionReason.NoSuchItem,
            Reason(LinesPercent(10, new() { Except = Tagged("tea").Any }))
        );
        Assert.Equal(PromotionReason.NothingLeft, Reason(LinesPercent(0)));
        Assert.Equal(PromotionReason.NothingLeft, Reason(new LinesPrice(Only(1000), All)));
        Assert.Equal(
            PromotionReason.AlreadyReduced,
            _cart
                .With(
                    Promotion(2, ReducePrice(1)),
                    Ten with
                    {
                        Action = LinesPercent(10, new() { NotReduced = true }),
                    }
                )
                .Hindrance(1)!
                .Reason
        );
    }

    [Fact]
    public void No_amount_is_ever_turned_into_another_currency()
    {
        IReadOnlyList<Money> euros = [new(100, "EUR")];
        PromotionAction[] actions =
        [
            new AmountOff(PromotionStage.Lines, euros, AmountPer.Total, All),
            new LinesPrice(euros, All),
            new UnitsForPrice(2, euros, All, null),
            new ShippingPrice(euros),
            new LinesPercent(Percent(10), All, euros),
        ];

        Assert.All(actions, action => Assert.Equal(PromotionReason.NoAmountInCurrency, Reason(action)));
        Assert.Equal(PromotionReason.NoAmountInCurrency, Reason(new SubtotalIs(euros, All, Measured.SoFar)));
    }

    [Fact]
    public void Amounts_off_a_unit_stop_at_what_it_costs()
    {
        AmountOff Off(long amount) => new(PromotionStage.Lines, Only(amount), AmountPer.Unit, All);

        Assert.Equal("300", _cart.With(Off(150)).Off());
        Assert.Equal("2000", _cart.With(Off(1001)).Off());
        Assert.Equal("600", _cart.With(new LinesPrice(Only(700), All)).Off());
    }

    private static Promotion Ten => Promotion(1, OrderPercent(10)) with { IsAdvertised = true };

    private static PromotionReason? Reason(Promotion promotion) => _cart.With(promotion).Hindrance(1)?.Reason;

    private static PromotionReason? Reason(PromotionAction action) => Reason(Ten with { Action = action });

    private static PromotionReason? Reason(Condition when, QuoteRequest? cart = null) =>
        (cart ?? _cart).With(Ten with { When = when }).Hindrance(1)?.Reason;
}
