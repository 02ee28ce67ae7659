using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>What an order keeps of its promotions reads as the quote did, however many there are.</summary>
public sealed class FrozenOutcomeTests
{
    [Fact]
    public void Each_line_is_told_what_took_off_how_much_though_more_apply_than_carts_show()
    {
        var sixty = Enumerable.Range(1, 60).Select(n => Promotion(n, OrderAmount(n))).ToArray();
        var quote = Cart(Line(1, 100_000), Line(2, 50_000)).With(sixty);

        var kept = Kept<IReadOnlyList<FrozenOutcome>>([.. quote.Promotions.Select(FrozenOutcome.Of)]);

        Assert.Equal(60, kept.Count);
        foreach (var line in quote.Lines)
        {
            Assert.NotEmpty(line.Discounts);
            Assert.Equal(
                line.Discounts.Select(DiscountAllocation.Of),
                Kept(quote.Frozen(line)).Select(discount => discount.In(kept, Pound))
            );
        }
    }

    [Fact]
    public void What_did_not_apply_is_kept_with_its_reason_and_in_few_bytes()
    {
        var far = Promotion(1, OrderPercent(10)) with { When = From(5_000), IsAdvertised = true };
        var quote = Cart(Line(1, 3_000)).With(far);

        var told = FrozenOutcome.Of(Assert.Single(quote.Promotions));

        Assert.Equal("""[1,"No. 1",2,0,null,{"reason":"Subtotal","missing":2000}]""", StoredJson.Write(told));
        Assert.Equal(told, Kept(told));
        Assert.Equal(Of(2_000), told.In(Pound).Missing);
    }

    [Theory]
    [InlineData(null, """[7,"Half \u00A3",1,450]""")]
    [InlineData("HALF", """[7,"Half \u00A3",1,450,"HALF"]""")]
    public void What_applied_is_kept_no_further_than_there_is_something_to_say(string? code, string text)
    {
        var applied = new FrozenOutcome(new(7), "Half £", PromotionStage.Lines, 450, code, Hindrance: null);

        Assert.Equal(text, StoredJson.Write(applied));
        Assert.Equal(applied, Kept(applied));
    }

    [Fact]
    public void What_a_line_was_reduced_by_is_kept_in_few_bytes() =>
        Assert.Equal("[[3,120],[15,7]]", StoredJson.Write<FrozenDiscount[]>([new(3, 120), new(15, 7)]));

    private static T Kept<T>(T value) => StoredJson.Read<T>(StoredJson.Write(value));
}
