using Shop.Data.Kernel;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>What no promotion can be, looked at by itself.</summary>
public sealed class PromotionFaultTests
{
    private static readonly Promotion _sound = Promotion(1, LinesPercent(10));

    [Fact]
    public void A_title_has_1_to_200_characters()
    {
        Assert.Empty(Faults(_sound with { Title = new('x', 200) }));
        Assert.Equal([PromotionFault.Title], Faults(_sound with { Title = " " }));
        Assert.Equal([PromotionFault.Title], Faults(_sound with { Title = new('x', 201) }));
    }

    [Fact]
    public void It_ends_after_it_starts()
    {
        Assert.Empty(Faults(_sound with { StartsAt = Noon, EndsAt = Noon.AddTicks(1) }));
        Assert.Empty(Faults(_sound with { EndsAt = Noon }));
        Assert.Equal([PromotionFault.EndsAt], Faults(_sound with { StartsAt = Noon, EndsAt = Noon }));
    }

    [Fact]
    public void A_percentage_is_more_than_nothing_and_at_most_all()
    {
        Assert.Empty(Faults(LinesPercent(100)));
        Assert.Equal([PromotionFault.Percent], Faults(LinesPercent(0)));
        Assert.Equal([PromotionFault.Percent], Faults(OrderPercent(100.0001m)));
        Assert.Equal([PromotionFault.Percent], Faults(ReducePrice(-1)));
        Assert.Equal([PromotionFault.Percent], Faults(new ShippingPercent(0, null)));
    }

    [Fact]
    public void Amounts_are_one_for_each_currency()
    {
        Money[] twice = [Of(1), Of(2)];
        Money[] odd = [new(1, "XXX")];

        Assert.Equal([PromotionFault.Amounts], Faults(OrderAmount(0)));
        Assert.Equal([PromotionFault.Amounts], Faults(new LinesPrice([], All)));
        Assert.Equal([PromotionFault.Amounts], Faults(new LinesPrice(twice, All)));
        Assert.Equal([PromotionFault.Amounts], Faults(new ShippingPrice(odd)));
        Assert.Equal([PromotionFault.Amounts], Faults(LinesPercent(10, max: 0)));
        Assert.Equal([PromotionFault.Amounts], Faults(From(-1)));
        Assert.Empty(Faults(new ShippingPrice(Only(0))));
    }

    [Fact]
    public void Units_and_times_are_one_or_more()
    {
        var buyGet = new BuyGet(All, 1, All, 1, Percent(100), 1, Spread.OnGot);

        Assert.Empty(Faults(buyGet));
        Assert.Equal([PromotionFault.Units], Faults(buyGet with { BuyUnits = 0 }));
        Assert.Equal([PromotionFault.Units], Faults(buyGet with { GetUnits = 0 }));
        Assert.Equal([PromotionFault.Units], Faults(buyGet with { Times = 0 }));
        Assert.Equal([PromotionFault.Units], Faults(new UnitsForPrice(0, Only(1), All, null)));
        Assert.Equal([PromotionFault.Units], Faults(new UnitsAre(0, All)));
    }

    [Fact]
    public void Conditions_are_at_most_four_deep_and_twenty()
    {
        var one = From(1);

        Assert.Empty(Faults(Nested(one, 3)));
        Assert.Equal([PromotionFault.Conditions], Faults(Nested(one, 4)));
        Assert.Empty(Faults(new Condition.AnyOf([.. Enumerable.Repeat(one, 19)])));
        Assert.Equal(
            [PromotionFault.Conditions],
            Faults(new Condition.AnyOf([.. Enumerable.Repeat(one, 20)]))
        );
        Assert.Equal([PromotionFault.Conditions], Faults(new Condition.AllOf([])));
    }

    [Fact]
    public void What_product_pages_show_depends_on_no_cart_and_stands_with_others()
    {
        var reduced = Promotion(1, ReducePrice(10));

        Assert.Empty(Faults(reduced with { When = new CustomerIs(SignedIn: true, null, null) }));
        Assert.Equal([PromotionFault.Price], Faults(reduced with { When = new Condition.Unless(From(1)) }));
        Assert.Equal(
            [PromotionFault.Price],
            Faults(reduced with { When = new CustomerIs(SignedIn: true, null, IsFirstOrder: true) })
        );
        Assert.Equal([PromotionFault.Price], Faults(reduced with { Alone = true }));
    }

    private static Condition Nested(Condition condition, int times) =>
        times == 0 ? condition : new Condition.Unless(Nested(condition, times - 1));

    private static IEnumerable<PromotionFault> Faults(Promotion promotion) => PromotionFaults.Of(promotion);

    private static IEnumerable<PromotionFault> Faults(PromotionAction action) =>
        Faults(_sound with { Action = action });

    private static IEnumerable<PromotionFault> Faults(Condition when) => Faults(_sound with { When = when });
}
