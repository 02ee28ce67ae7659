using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Snapshooter.Xunit3;

namespace Shop.Tests.Carts;

/// <summary>What a cart tells before it is ordered.</summary>
public sealed class CartQueryTests(CartShop shop) : IClassFixture<CartShop>
{
    [Fact]
    public async Task What_stands_in_the_way_of_ordering_is_shown_before_it_is_tried()
    {
        var (cart, lines) = await shop.CreateAsync(
            ("TIN1", 101),
            ("TIN2", 1),
            ("TIN3", 1),
            ("TIN4", 200),
            ("TIN5", 1)
        );
        await shop.ChangeAsync(
            "cartLinesSelect",
            $$"""{cartId: "{{cart}}", lineIds: ["{{lines[3]}}"], selected: false}"""
        );
        await shop.ChangeCatalogAsync("TIN2", price: 75);
        await shop.ChangeCatalogAsync("TIN3", status: ProductStatus.Archived);

        Snapshot.Match(await shop.ShowAsync(cart));
    }

    [Fact]
    public async Task A_price_that_the_shopper_has_been_shown_is_no_problem_any_more()
    {
        var (cart, lines) = await shop.CreateAsync(("TIN6", 1));
        await shop.ChangeCatalogAsync("TIN6", price: 80);
        Assert.Contains("PRICE_CHANGED", await shop.ShowAsync(cart), StringComparison.Ordinal);

        await shop.ChangeAsync(
            "cartLinesUpdate",
            $$"""{cartId: "{{cart}}", lines: [{lineId: "{{lines[0]}}", quantity: 1}]}"""
        );

        Assert.DoesNotContain("PRICE_CHANGED", await shop.ShowAsync(cart), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cart_of_fifty_lines_costs_at_most_three_statements()
    {
        var (cart, _) = await shop.CreateAsync([.. Enumerable.Range(11, 50).Select(tin => ($"TIN{tin}", 1))]);
        // What staff has written of promotions, taxes and shipping is read every few seconds, for all carts.
        await shop.ShowAsync(cart);

        await shop.Shop.ReplicaShowsAllAsync();
        using var count = SqlCount.Start();
        var answer = await shop.ShowAsync(cart);

        Assert.Contains("CAKE TIN", answer, StringComparison.OrdinalIgnoreCase);
        Assert.True(count.Statements.Count <= 3, string.Join("\n\n", count.Statements));
    }

    [Fact]
    public async Task A_cart_is_a_node_and_a_cart_that_is_not_there_is_null()
    {
        var (cart, _) = await shop.CreateAsync();
        var none = Shop.GraphQL.Engine.Schema.GlobalId.Of(CartId.Make());

        var answer = await shop.Shop.AskJsonAsync(
            $$"""{ node(id: "{{cart}}") { __typename id } nodes(ids: ["{{none}}"]) { id } cart(id: "{{none}}") { id } }"""
        );

        Assert.Equal(
            $$"""{"node":{"__typename":"Cart","id":"{{cart}}"},"nodes":[null],"cart":null}""",
            System.Text.Json.JsonSerializer.Serialize(answer)
        );
    }
}
