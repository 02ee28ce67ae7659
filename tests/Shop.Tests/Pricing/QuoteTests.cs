using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

public sealed class QuoteTests
{
    [Fact]
    public void Without_promotions_lines_cost_what_their_units_cost()
    {
        var quote = Cart(Line(1, 333, units: 2), Line(2, 334)).With(PromotionBook.Empty);

        Assert.Equal(new Cost(Of(1000), Of(0), Of(0), Of(0)), quote.Cost);
        Assert.Equal(Of(1000), quote.Cost.Total);
        Assert.Empty(quote.Promotions);
    }

    [Fact]
    public void Nothing_costs_nothing() => Assert.Equal(Of(0), Cart().With(PromotionBook.Empty).Cost.Total);

    [Fact]
    public void A_discount_lowers_what_is_to_be_paid_and_shipping_and_tax_raise_it() =>
        Assert.Equal(
            Of(1_134),
            new Cost(Subtotal: Of(1000), Discount: Of(100), Shipping: Of(45), Tax: Of(189)).Total
        );

    [Fact]
    public void A_price_in_another_currency_is_refused() =>
        Assert.Throws<InvalidOperationException>(() =>
            (Cart() with { Lines = [new(new(1), new(1), new Money(1, "EUR"), 1)] }).With(PromotionBook.Empty)
        );
}
