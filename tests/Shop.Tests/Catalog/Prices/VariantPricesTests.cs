using Shop.Data.Catalog.Prices;
using Shop.Data.Kernel;

namespace Shop.Tests.Catalog.Prices;

/// <summary>Which price is charged, of all that a SKU can have. By itself it costs 10.00 pounds.</summary>
public sealed class VariantPricesTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly PriceContext _guest = new("GBP", [], _noon);
    private static readonly PriceContext _trader = _guest with { Groups = ["trade"] };

    [Fact]
    public void Without_a_list_it_costs_what_it_costs_by_itself() => Assert.Equal(1000, Cost(_guest, 1));

    [Fact]
    public void The_lists_priority_decides_and_not_which_price_is_the_lowest()
    {
        var (first, second) = (Price(1, 950), Price(2, 700) with { List = List(2) with { Priority = 200 } });

        Assert.Equal(950, Cost(_guest, 1, second, first));
    }

    [Fact]
    public void Of_lists_of_one_priority_more_units_decide_then_the_smaller_amount_then_the_id()
    {
        var tier = Price(1, 990) with { MinUnits = 5 };

        Assert.Equal(990, Cost(_guest, 5, tier, Price(2, 500)));
        Assert.Equal(500, Cost(_guest, 4, tier, Price(2, 500)));
        Assert.Equal(400, Cost(_guest, 1, Price(1, 500), Price(2, 400)));
        Assert.Equal(1, Charged(_guest, 1, Price(2, 500), Price(1, 500))!.List.Id.Value);
    }

    [Fact]
    public void Another_groups_price_does_not_count_however_low_it_is()
    {
        var trade = Price(1, 100) with { List = List(1) with { Group = "trade" } };

        Assert.Equal(1000, Cost(_guest, 1, trade));
        Assert.Equal(100, Cost(_trader, 1, trade));
    }

    [Fact]
    public void Another_currencys_price_does_not_count() =>
        Assert.Equal(1000, Cost(_guest, 1, Price(1, 100) with { List = List(1) with { Currency = "EUR" } }));

    [Fact]
    public void In_another_currency_its_lists_prices_stand_and_else_its_own_is_converted()
    {
        var euro = new PriceContext("EUR", [], _noon) { Conversion = new("GBP", "EUR", 1.1735m, 0.99m) };
        var listed = Price(1, 1250) with { List = List(1) with { Currency = "EUR" } };
        var lower = listed with { List = listed.List with { Pick = PriceListPick.Lowest } };

        Assert.Equal(1199, Cost(euro, 1));
        Assert.Equal(1199, Cost(euro, 1, Price(1, 100)));
        Assert.Equal(1250, Cost(euro, 1, listed));
        Assert.Equal(1199, Cost(euro, 1, lower));
        Assert.Equal(1100, Cost(euro, 1, lower with { Minor = 1100 }));
    }

    [Fact]
    public void What_it_cost_before_is_converted_and_not_shown_where_both_end_alike()
    {
        var euro = new Conversion("GBP", "EUR", 1.1735m, 0.99m);
        var price = new UnitPrice(new(1000, "GBP"), new Money(1500, "GBP"));

        Assert.Equal(new UnitPrice(new(1199, "EUR"), new Money(1799, "EUR")), price.In(euro));
        Assert.Null((price with { CompareAt = new Money(1010, "GBP") }).In(euro).CompareAt);
        Assert.Equal(price, price.In(null));
        Assert.Equal(price, price.In(euro with { From = "USD" }));
    }

    [Fact]
    public void A_price_counts_from_its_start_on_and_at_its_end_no_more()
    {
        Assert.Equal(900, Cost(_guest, 1, Price(1, 900) with { StartsAt = _noon }));
        Assert.Equal(1000, Cost(_guest, 1, Price(1, 900) with { StartsAt = _noon.AddTicks(1) }));
        Assert.Equal(1000, Cost(_guest, 1, Price(1, 900) with { EndsAt = _noon }));
        Assert.Equal(1000, Cost(_guest, 1, Price(1, 900) with { List = List(1) with { EndsAt = _noon } }));
        Assert.Equal(
            1000,
            Cost(_guest, 1, Price(1, 900) with { List = List(1) with { StartsAt = _noon.AddTicks(1) } })
        );
    }

    [Fact]
    public void A_list_for_lower_prices_stands_back_where_its_price_is_not_lower()
    {
        var sale = List(1) with { Pick = PriceListPick.Lowest, Priority = 1 };

        Assert.Equal(900, Cost(_guest, 1, Price(1, 900) with { List = sale }));
        Assert.Equal(1000, Cost(_guest, 1, Price(1, 1200) with { List = sale }));
        Assert.Equal(800, Cost(_guest, 1, Price(1, 900) with { List = sale }, Price(2, 800)));
        // After a list that stands whatever it costs, nobody is asked.
        Assert.Equal(
            950,
            Cost(_guest, 1, Price(1, 100) with { List = sale with { Priority = 300 } }, Price(2, 950))
        );
    }

    [Fact]
    public void Each_price_that_is_not_charged_says_why()
    {
        var trace = new VariantPrices(
            new(new(1000, "GBP"), null),
            [
                Price(1, 900),
                Price(2, 800) with
                {
                    List = List(2) with { Priority = 200 },
                },
                Price(3, 950) with
                {
                    List = List(3) with { Pick = PriceListPick.Lowest, Priority = 1 },
                },
                Price(4, 1) with
                {
                    List = List(4) with { Group = "trade" },
                },
                Price(5, 1) with
                {
                    List = List(5) with { Currency = "EUR" },
                },
                Price(6, 1) with
                {
                    StartsAt = _noon.AddDays(1),
                },
                Price(7, 1) with
                {
                    EndsAt = _noon,
                },
                Price(8, 1) with
                {
                    MinUnits = 2,
                },
            ]
        ).Trace(_guest, 1);

        Assert.Equal(1, trace[0].Candidate!.List.Id.Value);
        Assert.Equal(
            new PriceLoss?[]
            {
                PriceLoss.Outranked, // by itself
                null,
                PriceLoss.Outranked,
                PriceLoss.NotLower,
                PriceLoss.Group,
                PriceLoss.Currency,
                PriceLoss.NotYet,
                PriceLoss.Ended,
                PriceLoss.TooFewUnits,
            },
            trace.OrderBy(verdict => verdict.Candidate?.List.Id.Value ?? 0).Select(verdict => verdict.Loss)
        );
    }

    [Fact]
    public void A_cart_is_told_from_how_many_units_on_it_costs_how_much()
    {
        var prices = new VariantPrices(
            new(new(1000, "GBP"), null),
            [Price(1, 900) with { MinUnits = 5 }, Price(1, 800) with { MinUnits = 10 }]
        );

        Assert.Equal(
            [new(10, new(800, "GBP")), new(5, new(900, "GBP")), new PriceStep(1, new(1000, "GBP"))],
            prices.Steps(_guest)
        );
    }

    [Fact]
    public void What_changes_next_by_the_clock_is_known()
    {
        var prices = new VariantPrices(
            new(new(1000, "GBP"), null),
            [
                Price(1, 900) with
                {
                    StartsAt = _noon.AddDays(2),
                    EndsAt = _noon.AddDays(3),
                },
                Price(2, 900) with
                {
                    List = List(2) with { StartsAt = _noon, EndsAt = _noon.AddDays(1) },
                },
            ]
        );

        Assert.Equal(_noon.AddDays(1), prices.NextChange(_noon));
        Assert.Null(prices.NextChange(_noon.AddDays(3)));
    }

    private static PriceList List(long id) =>
        new()
        {
            Id = new(id),
            Title = $"List {id}",
            Currency = "GBP",
            Priority = 100,
        };

    private static PriceCandidate Price(long list, long minor) =>
        new(List(list), MinUnits: 1, minor, CompareAtMinor: null, StartsAt: null, EndsAt: null);

    private static long Cost(PriceContext context, int units, params PriceCandidate[] listed) =>
        new VariantPrices(new(new(1000, "GBP"), null), listed).Of(context, units).Price.Minor;

    private static PriceCandidate? Charged(PriceContext context, int units, params PriceCandidate[] listed) =>
        new VariantPrices(new(new(1000, "GBP"), null), listed)
            .Trace(context, units)
            .Single(verdict => verdict.Loss is null)
            .Candidate;
}
