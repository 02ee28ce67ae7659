using Shop.Data.Channels;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>Laws differ in how shipping is taxed.</summary>
public sealed class ShippingTaxTests
{
    [Fact]
    public void Shipping_is_shared_over_the_rates_of_the_goods_by_their_value()
    {
        var zone = Zone(("a", 7), ("b", 19));

        var quote = Quoted(new() { IsIncluded = false, There = zone }, 600, ("a", 1000), ("b", 2000));

        Assert.Equal([(200L, 14L), (400L, 76L)], OfShipping(quote));
        Assert.Equal([70, 380, 14, 76], quote.Taxes.Select(tax => tax.Tax.Minor));
    }

    [Fact]
    public void Shipping_that_includes_tax_is_shared_before_its_tax_is_reckoned()
    {
        var zone = Zone(("a", 20), ("b", 0));

        var quote = Quoted(new() { Home = zone, There = zone }, 499, ("a", 2000), ("b", 1000));

        Assert.Equal([(277L, 56L), (166L, 0L)], OfShipping(quote));
    }

    [Theory]
    [InlineData(ShippingTax.Largest, 525)]
    [InlineData(ShippingTax.Highest, 980)]
    [InlineData(ShippingTax.Class, 0)]
    public void Shipping_is_taxed_as_most_of_the_goods_as_the_highest_or_as_itself(
        ShippingTax shipping,
        long tax
    )
    {
        var zone = Zone(("a", 25), ("b", 12), ("post", 0));
        var terms = new TaxTerms
        {
            Home = zone,
            There = zone,
            Shipping = shipping,
            ShippingClass = "post",
        };

        Assert.Equal(Of(tax), Quoted(terms, 4900, ("a", 10_000), ("b", 20_000)).Shipping!.Due.Tax);
    }

    [Fact]
    public void Shipping_of_goods_that_cost_nothing_any_more_is_shared_by_what_they_did_cost()
    {
        var terms = new TaxTerms { IsIncluded = false, There = Zone(("a", 7), ("b", 19)) };

        var quote = Shipped(terms, 600, ("a", 1000), ("b", 2000)).With(OrderPercent(100));
        Assert.Equal([(200L, 14L), (400L, 76L)], OfShipping(quote));

        Assert.Equal([(600L, 114L)], OfShipping(Quoted(terms, 600, ("a", 0), ("b", 0))));
    }

    [Fact]
    public void A_way_with_a_class_of_its_own_is_taxed_by_it()
    {
        var terms = new TaxTerms { IsIncluded = false, There = Zone(("a", 7), ("post", 0)) };
        var cart = Shipped(terms, 600, ("a", 1000));

        var quote = (cart with { Method = Post(600) with { TaxClass = "post" } }).With(PromotionBook.Empty);

        Assert.Equal([(600L, 0L)], OfShipping(quote));
        Assert.Equal([(600L, 42L)], OfShipping(cart.With(PromotionBook.Empty)));
        Assert.Equal(Of(70), quote.Lines[0].Due.Tax);
    }

    [Fact]
    public void A_discount_on_shipping_lowers_its_tax()
    {
        var quote = Shipped(new() { IsIncluded = false, There = Zone(("a", 20)) }, 500, ("a", 1000))
            .With(new ShippingPrice(Only(300)));

        Assert.Equal((Of(500), Of(200)), (quote.Cost.Shipping, quote.Cost.Discount));
        Assert.Equal((Of(260), Of(1560)), (quote.Cost.Tax, quote.Cost.Total));
    }

    [Fact]
    public void Who_is_exempt_pays_no_tax_of_home_on_shipping()
    {
        var zone = Zone(("a", 20), ("b", 0));
        var terms = new TaxTerms
        {
            Home = zone,
            There = zone,
            Exemption = TaxReason.Export,
        };

        var quote = Quoted(terms, 499, ("a", 2400), ("b", 1000));

        // Net of home the goods are 20.00 and 10.00, so 3.33 of it had 20 % in it.
        Assert.Equal(new(Of(278 + 166), Of(0)), quote.Shipping!.Due);
    }

    private static IEnumerable<(long, long)> OfShipping(Quote quote) =>
        quote.Shipping!.Taxes.Select(tax => (tax.Base.Minor, tax.Tax.Minor));

    private static Quote Quoted(TaxTerms terms, long shipping, params (string Class, long Price)[] goods) =>
        Shipped(terms, shipping, goods).With(PromotionBook.Empty);

    private static QuoteRequest Shipped(
        TaxTerms terms,
        long shipping,
        params (string Class, long Price)[] goods
    ) =>
        Cart([.. goods.Select((one, at) => Line(at + 1, one.Price) with { TaxClass = one.Class })]) with
        {
            Taxes = terms,
            Method = Post(shipping),
        };
}
