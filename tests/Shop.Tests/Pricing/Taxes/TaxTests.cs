using Shop.Data.Channels;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>Taxes on goods, in prices and on top of them.</summary>
public sealed class TaxTests
{
    [Fact]
    public void Of_a_price_that_includes_it_the_tax_is_what_rounds()
    {
        Assert.Equal((31858, 6372), Due(Included(20), Line(1, 3823, 10)));
        Assert.Equal((2, 1), Due(Included(20), Line(1, 3)));
    }

    [Fact]
    public void A_discount_lowers_the_tax()
    {
        var quote = (Cart(Line(1, 3823, 10)) with { Taxes = Included(20) }).With(OrderPercent(6.2m));

        Assert.Equal((Of(2370), Of(35_860)), (quote.Cost.Discount, quote.Cost.Total));
        Assert.Equal(Of(5977), quote.Due.Tax);
    }

    [Theory]
    [InlineData(TaxRounding.PerLine, "17 17 17")]
    [InlineData(TaxRounding.PerRate, "17 17 16")]
    public void Tax_rounds_in_each_line_or_in_the_sum_of_a_rate(TaxRounding rounding, string taxes)
    {
        var cart = Cart(Line(1, 99), Line(2, 99), Line(3, 99));

        var quote = (cart with { Taxes = Included(20) with { PerWhat = rounding } }).With(
            PromotionBook.Empty
        );

        Assert.Equal(taxes, TaxesOf(quote));
        Assert.Equal(Of(297), quote.Due.Gross);
    }

    [Fact]
    public void Each_line_is_taxed_by_its_class_after_its_share_of_the_discount()
    {
        var zone = Zone(("book", 7), ("bean", 19));
        var cart = Cart(Line(1, 1070) with { TaxClass = "book" }, Line(2, 2380) with { TaxClass = "bean" });

        var quote = (
            cart with
            {
                Taxes = new() { Home = zone, There = zone },
            }
        ).With(OrderPercent(10));

        Assert.Equal("107 238", quote.Off());
        Assert.Equal("63 342", TaxesOf(quote));
        Assert.Equal([63, 342], quote.Taxes.Select(tax => tax.Tax.Minor));
    }

    [Theory]
    [InlineData(HeldPrice.Gross, 11900, 2146)]
    [InlineData(HeldPrice.Net, 12200, 2200)]
    public void Abroad_the_customers_price_stays_or_the_shops(HeldPrice held, long gross, long tax)
    {
        var terms = Included(19) with { There = Zone(("", 22)), Held = held };

        Assert.Equal((gross - tax, tax), Due(terms, Line(1, 11900)));
    }

    [Fact]
    public void Who_is_exempt_pays_the_price_without_the_tax_of_home()
    {
        var terms = Included(7) with { There = Zone(("", 22)), Exemption = TaxReason.ReverseCharge };

        var quote = (Cart(Line(1, 2300)) with { Taxes = terms }).With(PromotionBook.Empty);

        Assert.Equal(new(Of(2150), Of(0)), quote.Due);
        Assert.Equal(TaxReason.ReverseCharge, Assert.Single(quote.Taxes).Reason);
    }

    [Theory]
    [InlineData("8.875", 10000, Rounding.HalfAwayFromZero, 888)]
    [InlineData("5", 50, Rounding.HalfAwayFromZero, 3)]
    [InlineData("5", 50, Rounding.HalfEven, 2)]
    public void On_top_of_a_price_the_tax_rounds_as_the_shop_says(
        string percent,
        long price,
        Rounding rounding,
        long tax
    )
    {
        var terms = OnTop(Rate("VAT", percent)) with { Rounding = rounding };

        Assert.Equal((price, tax), Due(terms, Line(1, price)));
    }

    [Fact]
    public void Several_taxes_round_together_and_share()
    {
        var terms = OnTop(Rate("GST", "5"), Rate("QST", "9.975"));

        var quote = (Cart(Line(1, 14900)) with { Taxes = terms }).With(LinesPercent(50));

        Assert.Equal([("GST", 373L), ("QST", 743L)], quote.Taxes.Select(tax => (tax.Name, tax.Tax.Minor)));
        Assert.Equal((Of(1116), Of(8566)), (quote.Cost.Tax, quote.Cost.Total));
    }

    [Fact]
    public void A_compound_tax_stands_on_the_others()
    {
        var terms = OnTop(Rate("GST", "5"), Rate("PST", "10") with { IsCompound = true });

        var quote = (Cart(Line(1, 10000)) with { Taxes = terms }).With(PromotionBook.Empty);

        Assert.Equal([500, 1050], quote.Taxes.Select(tax => tax.Tax.Minor));
        Assert.Equal(
            (10000, 1550),
            Due(terms with { IsIncluded = true, Home = terms.There }, Line(1, 11550))
        );
    }

    [Fact]
    public void Tax_is_not_rounded_by_unit() =>
        Assert.Equal((324, 62), Due(OnTop(Rate("VAT", "19")), Line(1, 108, 3)));

    [Fact]
    public void Lines_of_one_rate_cost_what_one_line_of_all_would()
    {
        var terms = OnTop(Rate("VAT", "20"));

        Assert.Equal(Of(4101), Tax(terms, Line(1, 7000), Line(2, 7000), Line(3, 7000)));
        var perRate = terms with { PerWhat = TaxRounding.PerRate };
        Assert.Equal(Of(4100), Tax(perRate, Line(1, 7000), Line(2, 7000), Line(3, 7000)));
        Assert.Equal(Of(4100), Tax(terms, Line(1, 7000, 3)));
    }

    [Fact]
    public void A_rate_of_zero_is_told_with_its_reason()
    {
        var tax = Assert.Single(
            (Cart(Line(1, 700)) with { Taxes = Included(0) }).With(PromotionBook.Empty).Taxes
        );

        Assert.Equal((Of(700), Of(0), TaxReason.Zero), (tax.Base, tax.Tax, tax.Reason));
    }

    private static Money Tax(TaxTerms terms, params QuoteLine[] lines) =>
        (Cart(lines) with { Taxes = terms }).With(OrderAmount(500)).Cost.Tax;

    private static (long Net, long Tax) Due(TaxTerms terms, QuoteLine line)
    {
        var due = (Cart(line) with { Taxes = terms }).With(PromotionBook.Empty).Due;
        return (due.Net.Minor, due.Tax.Minor);
    }

    private static string TaxesOf(Quote quote) => Text(quote.Lines.Select(line => line.Due.Tax.Minor));
}
