using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Edit;
using Shop.Data.Shipping.Rates;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Shipping;

/// <summary>Where to, how, and for how much.</summary>
public sealed class ShippingBookTests
{
    private static readonly Zone _britain = new()
    {
        Id = new(1),
        Title = "Britain",
        Countries = ["GB"],
    };

    private static readonly Zone _ulster = new()
    {
        Id = new(2),
        Title = "Northern Ireland",
        Countries = ["GB"],
        PostalPatterns = ["BT*"],
    };

    private static readonly Zone _newYork = new()
    {
        Id = new(3),
        Title = "New York",
        Regions = ["US-NY"],
    };

    private static readonly Method _parcel = new()
    {
        Id = new(7),
        Title = "Parcel",
        IsActive = true,
        Rates =
        [
            new(new(1), 0, null, new(300, "GBP"), null),
            new(new(2), 0, null, new(900, "GBP"), null),
            new(new(3), 0, null, new(2000, "GBP"), null),
        ],
    };

    [Theory]
    [InlineData("GB", null, "SW1Y 4JH", 300L)]
    [InlineData("GB", null, "bt1 5gs", 900L)]
    [InlineData("GB", null, null, 300L)]
    [InlineData("US", "US-NY", "10001", 2000L)]
    [InlineData("US", "US-NJ", null, null)]
    [InlineData("US", null, null, null)]
    public void The_narrowest_zone_of_a_place_counts(
        string country,
        string? region,
        string? postalCode,
        long? price
    )
    {
        var book = new ShippingBook([_britain, _ulster, _newYork], [_parcel]);

        var way = book.To(_parcel.Id, new(country, region, postalCode));

        Assert.Equal(price, way is null ? null : Quoted(way, Line(1, 500))?.Minor);
    }

    [Fact]
    public void A_zone_that_a_method_has_no_rates_for_does_not_count()
    {
        var abroad = _parcel with { Rates = [_parcel.Rates[0]] };
        var book = new ShippingBook([_britain, _ulster], [abroad]);

        Assert.Equal(300, Quoted(book.To(abroad.Id, new("GB", null, "BT1"))!, Line(1, 500))?.Minor);
    }

    [Fact]
    public void What_is_not_active_cannot_be_chosen_and_nothing_goes_where_that_is_not_known()
    {
        var book = new ShippingBook([_britain], [_parcel with { IsActive = false }]);

        Assert.Empty(book.Active);
        Assert.Null(book.Find(_parcel.Id));
        Assert.Null(book.To(_parcel.Id, new("GB", Region: null)));
        Assert.Null(new ShippingBook([_britain], [_parcel]).To(_parcel.Id, place: null));
    }

    [Theory]
    [InlineData(RateBy.Weight, 1000, 1, 300)]
    [InlineData(RateBy.Weight, 1001, 1, 400)]
    [InlineData(RateBy.Weight, 1500, 2, 500)]
    [InlineData(RateBy.Units, 0, 1000, 300)]
    [InlineData(RateBy.Units, 0, 1003, 600)]
    public void Each_unit_or_kilogram_that_is_begun_past_the_least_may_cost_more(
        RateBy by,
        long grams,
        int units,
        long price
    )
    {
        var way = new ShippingMethod(new(1), by, [new(1000, null, Of(300), Of(100))]);

        Assert.Equal(price, Quoted(way, Line(1, 1, units) with { Grams = grams })?.Minor);
    }

    [Fact]
    public void Only_what_has_to_be_shipped_is_measured_and_pays()
    {
        var way = new ShippingMethod(new(1), RateBy.Units, [new(0, 2, Of(300)), new(2, null, Of(700))]);
        var manual = Line(2, 500) with { RequiresShipping = false };

        Assert.Equal(300, Quoted(way, Line(1, 500), manual)?.Minor);
        Assert.Null(Quoted(way, manual));
    }

    [Fact]
    public void A_way_whose_condition_is_not_met_has_no_price()
    {
        var way = new ShippingMethod(new(1), RateBy.Flat, [new(0, null, Of(300))])
        {
            When = new UnitsAre(2, Items.All),
        };

        Assert.Null(Quoted(way, Line(1, 500)));
        Assert.Equal(300, Quoted(way, Line(1, 500, 2))?.Minor);
    }

    [Fact]
    public void What_a_carrier_tells_counts_in_place_of_the_table_and_the_table_where_it_does_not_answer()
    {
        var told = _parcel with { Service = "parcel" };
        var book = new ShippingBook([_britain], [told]);

        Assert.Equal(["parcel"], book.Services);
        Assert.Equal(420, Price(book, new(new Dictionary<string, Money> { ["parcel"] = new(420, "GBP") })));
        Assert.Null(Price(book, new(new Dictionary<string, Money> { ["letter"] = new(90, "GBP") })));
        Assert.Equal(300, Price(book, ToldRates.None));
        Assert.Equal(300, Price(new([_britain], [_parcel]), new(new Dictionary<string, Money>())));
    }

    [Fact]
    public void A_way_without_a_table_goes_where_its_carrier_says_for_as_long_as_it_answers()
    {
        var told = _parcel with { Service = "parcel", Rates = [] };
        var book = new ShippingBook([], [told]);

        Assert.Equal(420, Price(book, new(new Dictionary<string, Money> { ["parcel"] = new(420, "GBP") })));
        Assert.Null(Price(book, ToldRates.None));
        Assert.Null(
            Price(
                new([], [told with { When = new UnitsAre(2, Items.All) }]),
                new(new Dictionary<string, Money> { ["parcel"] = new(420, "GBP") })
            )
        );
    }

    [Fact]
    public void A_promotion_that_makes_it_unshippable_is_no_better_offer()
    {
        var way = new ShippingMethod(new(1), RateBy.Value, [new(500, null, Of(300))]);
        var cart = Cart(Line(1, 500)) with { Method = way };

        var quote = cart.With(Promotion(1, OrderAmount(1)) with { Alone = true });

        Assert.Equal((300, 0), (quote.Cost.Shipping.Minor, quote.Cost.Discount.Minor));
    }

    [Fact]
    public void What_no_zone_and_no_method_can_be_is_told_by_its_fault()
    {
        var book = new ShippingBook([_britain], []);

        Assert.Empty(ShippingFaults.Of(book, _ulster));
        Assert.Equal(
            [ShippingFault.Title, ShippingFault.Places],
            ShippingFaults.Of(book, _britain with { Title = " ", Countries = [] })
        );
        Assert.Equal([ShippingFault.Places], ShippingFaults.Of(book, _newYork with { Regions = ["NY"] }));
        Assert.Equal(
            [ShippingFault.PostalPatterns],
            ShippingFaults.Of(book, _ulster with { PostalPatterns = ["B*T"] })
        );
        Assert.Equal(
            [ShippingFault.PostalPatterns],
            ShippingFaults.Of(book, _ulster with { PostalPatterns = ["*"] })
        );
        var sound = _parcel with { Rates = [Rate(0, 1000), Rate(1000, null)] };
        Assert.Empty(ShippingFaults.Of(book, sound));
        Assert.Equal([ShippingFault.Days], ShippingFaults.Of(book, sound with { MinDays = 5, MaxDays = 3 }));
        Assert.Equal([ShippingFault.Days], ShippingFaults.Of(book, sound with { MaxDays = 366 }));
        Assert.Equal([ShippingFault.Service], ShippingFaults.Of(book, sound with { Service = "Parcel!" }));
        Assert.Equal(
            [ShippingFault.Conditions],
            ShippingFaults.Of(book, sound with { When = new Condition.AllOf([]) })
        );
        Assert.Equal([ShippingFault.Rates], Faults(_parcel.Rates[1]));
        Assert.Equal([ShippingFault.Rates], Faults(Rate(0, 1001), Rate(1000, null)));
        Assert.Equal([ShippingFault.Rates], Faults(Rate(5, 5)));
        Assert.Equal([ShippingFault.Rates], Faults(Rate(0, null) with { Price = new(-1, "GBP") }));
        Assert.Equal([ShippingFault.Rates], Faults(Rate(0, null) with { PerUnit = new(1, "GBP") }));

        IEnumerable<ShippingFault> Faults(params ZoneRate[] rates) =>
            ShippingFaults.Of(book, sound with { Rates = rates });
    }

    [Fact]
    public void Thirty_methods_are_active_at_most()
    {
        var many = Enumerable.Range(100, 30).Select(id => _parcel with { Id = new(id) }).ToList();
        var book = new ShippingBook([_britain, _ulster, _newYork], many);

        Assert.Equal([ShippingFault.TooMany], ShippingFaults.Of(book, _parcel));
        Assert.Empty(ShippingFaults.Of(book, _parcel with { IsActive = false }));
        Assert.Empty(ShippingFaults.Of(book, many[3] with { Title = "Another" }));
    }

    private static ZoneRate Rate(long from, long? until) => new(new(1), from, until, new(300, "GBP"), null);

    private static long? Price(ShippingBook book, ToldRates told) =>
        book.To(_parcel.Id, new("GB", Region: null), told) is { } way
            ? Quoted(way, Line(1, 500))?.Minor
            : null;

    private static Money? Quoted(ShippingMethod way, params QuoteLine[] lines) =>
        (Cart(lines) with { Method = way }).With(PromotionBook.Empty).Shipping?.Price;
}
