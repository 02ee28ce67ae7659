using System.Globalization;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>What has to be so for a promotion to apply.</summary>
public sealed class ConditionTests
{
    private static readonly QuoteRequest _cart = Cart(Line(1, 1000, 2, "tea")) with { Method = Post(300) };

    [Fact]
    public void It_is_for_some_customers()
    {
        var buyer = new Buyer(IsSignedIn: true, IsFirstOrder: true, ["trade"]);
        var trade = new HashSet<string> { "trade" };

        Assert.Equal(PromotionReason.Customer, Reason(new CustomerIs(SignedIn: true, null, null)));
        Assert.Equal(PromotionReason.Customer, Reason(new CustomerIs(null, trade, null)));
        Assert.Equal(PromotionReason.Customer, Reason(new CustomerIs(null, null, IsFirstOrder: true)));
        Assert.Null(
            Reason(new CustomerIs(SignedIn: true, trade, IsFirstOrder: true), _cart with { Buyer = buyer })
        );
        Assert.Equal(
            PromotionReason.Customer,
            Reason(new CustomerIs(SignedIn: false, null, null), _cart with { Buyer = buyer })
        );
    }

    [Fact]
    public void It_is_for_some_places()
    {
        var places = new DestinationIs(new HashSet<string> { "GB" }, new HashSet<string> { "US-NY" });

        Assert.Equal(PromotionReason.Destination, Reason(places));
        Assert.Equal(PromotionReason.Destination, Reason(places, To("US", "US-NJ")));
        Assert.Null(Reason(places, To("GB", null)));
        Assert.Null(Reason(places, To("US", "US-NY")));
    }

    [Fact]
    public void It_is_for_some_ways_to_ship()
    {
        Assert.Null(Reason(new ShippingIs(new HashSet<ShippingMethodId> { new(1) })));
        Assert.Equal(
            PromotionReason.ShippingMethod,
            Reason(new ShippingIs(new HashSet<ShippingMethodId> { new(2) }))
        );
        Assert.Equal(
            PromotionReason.ShippingMethod,
            (_cart with { Method = null })
                .With(Promotion(1, FreeShipping) with { IsAdvertised = true })
                .Hindrance(1)!
                .Reason
        );
    }

    [Theory]
    [InlineData("12:00", "13:00", 0, true)]
    [InlineData("11:00", "12:00", 0, false)]
    [InlineData("12:01", "13:00", 0, false)]
    [InlineData("22:00", "02:00", 10, true)]
    [InlineData("22:00", "02:00", 13, true)]
    [InlineData("22:00", "02:00", 14, false)]
    [InlineData("22:00", "02:00", -11, false)]
    [InlineData("00:00", "00:00", 11, true)]
    [InlineData("00:00", "00:00", 12, false)]
    public void It_runs_on_some_days_at_some_hours_past_midnight_too(
        string from,
        string until,
        int hoursAfterNoon,
        bool runs
    )
    {
        var saturday = new HoursAre(
            new HashSet<DayOfWeek> { DayOfWeek.Saturday },
            TimeOnly.Parse(from, CultureInfo.InvariantCulture),
            TimeOnly.Parse(until, CultureInfo.InvariantCulture)
        );

        Assert.Equal(
            runs ? null : PromotionReason.Hours,
            Reason(saturday, _cart with { At = Noon.AddHours(hoursAfterNoon) })
        );
    }

    [Fact]
    public void It_says_how_much_or_how_many_are_missing()
    {
        var tea = Ten with { When = new UnitsAre(5, Tagged("tea")) };

        Assert.Equal(new(PromotionReason.TooFewUnits, MissingUnits: 3), _cart.With(tea).Hindrance(1));
        Assert.Equal(
            new(PromotionReason.Subtotal, Of(1)),
            _cart.With(Ten with { When = From(2001) }).Hindrance(1)
        );
        Assert.Null(Reason(From(2000)));
        Assert.Equal(PromotionReason.TooFewUnits, Reason(new UnitsAre(3, All)));
        Assert.Null(Reason(new UnitsAre(2, All)));
    }

    [Fact]
    public void Of_several_conditions_the_first_that_is_not_so_says_why()
    {
        Condition here = From(1);
        Condition dear = From(9999);
        Condition many = new UnitsAre(9, All);

        Assert.Equal(PromotionReason.Subtotal, Reason(new Condition.AllOf([here, dear, many])));
        Assert.Null(Reason(new Condition.AnyOf([dear, here])));
        Assert.Equal(PromotionReason.TooFewUnits, Reason(new Condition.AnyOf([many, dear])));
        Assert.Null(Reason(new Condition.Unless(dear)));
        Assert.Equal(PromotionReason.Condition, Reason(new Condition.Unless(here)));
    }

    [Fact]
    public void A_gift_card_is_never_reduced_and_counts_for_a_threshold()
    {
        var cart = Cart(Line(1, 4000), Line(2, 6000) with { IsGiftCard = true });

        Assert.Equal("400 0", cart.With(Ten with { When = From(10_000) }).Off());
    }

    private static Promotion Ten => Promotion(1, OrderPercent(10)) with { IsAdvertised = true };

    private static QuoteRequest To(string country, string? region) =>
        _cart with
        {
            Destination = new(country, region),
        };

    private static PromotionReason? Reason(Condition when, QuoteRequest? cart = null) =>
        (cart ?? _cart).With(Ten with { When = when }).Hindrance(1)?.Reason;
}
