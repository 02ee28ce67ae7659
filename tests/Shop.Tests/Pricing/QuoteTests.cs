using Shop.Data.Kernel;
using Shop.Data.Pricing;

namespace Shop.Tests.Pricing;

public sealed class QuoteTests
{
    [Fact]
    public void Lines_cost_what_their_units_cost_and_nothing_is_added_or_taken_off_yet()
    {
        var cost = Quote.Of("GBP", [(Pounds(333), 2), (Pounds(334), 1)]);

        Assert.Equal(new Cost(Pounds(1000), Pounds(0), Pounds(0), Pounds(0)), cost);
        Assert.Equal(Pounds(1000), cost.Total);
    }

    [Fact]
    public void Nothing_costs_nothing() => Assert.Equal(Pounds(0), Quote.Of("GBP", []).Total);

    [Fact]
    public void The_order_of_the_lines_changes_nothing()
    {
        var chance = new Random(1815);
        var lines = Enumerable.Range(1, 50).Select(n => (Pounds(n * 7), chance.Next(1, 10_000))).ToArray();
        var cost = Quote.Of("GBP", lines);

        chance.Shuffle(lines);

        Assert.Equal(cost, Quote.Of("GBP", lines));
    }

    [Fact]
    public void A_discount_lowers_what_is_to_be_paid_and_shipping_and_tax_raise_it() =>
        Assert.Equal(
            Pounds(1_134),
            new Cost(
                Subtotal: Pounds(1000),
                Discount: Pounds(100),
                Shipping: Pounds(45),
                Tax: Pounds(189)
            ).Total
        );

    [Fact]
    public void A_price_in_another_currency_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Quote.Of("GBP", [(new Money(1, "EUR"), 1)]));

    private static Money Pounds(long pence) => new(pence, "GBP");
}
