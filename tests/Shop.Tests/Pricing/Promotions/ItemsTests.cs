using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing.Promotions;

/// <summary>Which lines a promotion is for.</summary>
public sealed class ItemsTests
{
    private static readonly QuoteRequest _cart = Cart(
        Line(1, 1000) with
        {
            Product = new(10),
            Categories = [new(7), new(70)],
            Brand = "Acme",
        },
        Line(2, 1000, 1, "sale") with
        {
            Product = new(10),
        },
        Line(3, 1000)
    );

    public static TheoryData<string, ItemsOf> Kinds =>
        new()
        {
            { "100 100 0", new ItemsOf.Products(new HashSet<ProductId> { new(10) }) },
            { "0 100 0", new ItemsOf.Variants(new HashSet<VariantId> { new(2) }) },
            { "100 0 0", new ItemsOf.Categories(new HashSet<CategoryId> { new(70), new(8) }) },
            { "0 100 0", new ItemsOf.Tags(new HashSet<string> { "sale" }) },
            { "100 0 0", new ItemsOf.Brands(new HashSet<string> { "Acme" }) },
        };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Lines_are_named_by_what_they_have_in_common(string off, ItemsOf kind) =>
        Assert.Equal(off, _cart.With(LinesPercent(10, new() { Any = [kind] })).Off());

    [Fact]
    public void Lines_can_be_named_in_several_ways_and_left_out()
    {
        ItemsOf ten = new ItemsOf.Products(new HashSet<ProductId> { new(10) });
        ItemsOf third = new ItemsOf.Variants(new HashSet<VariantId> { new(3) });

        Assert.Equal("100 100 100", _cart.With(LinesPercent(10, new() { Any = [ten, third] })).Off());
        Assert.Equal("0 0 100", _cart.With(LinesPercent(10, new() { Except = [ten] })).Off());
        Assert.Equal(
            "100 0 0",
            _cart.With(LinesPercent(10, new() { Any = [ten], Except = Tagged("sale").Any })).Off()
        );
    }
}
