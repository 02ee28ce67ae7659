using Shop.Data.Catalog;
using Shop.Tests.Catalog;
using Snapshooter.Xunit3;

namespace Shop.Tests.Carts;

/// <summary>What a shopper does with a cart, as a client sends it.</summary>
public sealed class CartMutationTests(CartShop shop) : IClassFixture<CartShop>
{
    private const string Mug = """{variant: {sku: "MUG"}, quantity: 2}""";

    [Fact]
    public async Task A_cart_is_made_with_what_is_put_in_at_once() =>
        Snapshot.Match(
            await shop.ChangeAsync(
                "cartCreate",
                $$"""{currencyCode: GBP, lines: [{{Mug}}, {variant: {sku: "JUG"}, quantity: 1}]}"""
            )
        );

    [Fact]
    public async Task A_cart_can_be_made_empty() =>
        Snapshot.Match(await shop.ChangeAsync("cartCreate", "{}"));

    [Fact]
    public async Task Lines_are_added_changed_unticked_and_taken_out()
    {
        var (cart, lines) = await shop.CreateAsync(("MUG", 1));

        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesAdd",
                $$"""{cartId: "{{cart}}", lines: [{{Mug}}, {variant: {sku: "JUG"}, quantity: 1}]}"""
            ),
            "cart_added"
        );
        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesUpdate",
                $$"""{cartId: "{{cart}}", lines: [{lineId: "{{lines[0]}}", quantity: 7}], ifVersion: 2}"""
            ),
            "cart_updated"
        );
        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesSelect",
                $$"""{cartId: "{{cart}}", lineIds: ["{{lines[0]}}"], selected: false}"""
            ),
            "cart_unticked"
        );
        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesRemove",
                $$"""{cartId: "{{cart}}", lineIds: ["{{lines[0]}}"]}"""
            ),
            "cart_removed"
        );
    }

    [Fact]
    public async Task What_was_not_answered_can_be_sent_again_even_when_it_is_no_longer_sold()
    {
        var (cart, _) = await shop.CreateAsync(("MUG", 1));
        var add = $$"""
            mutation { cartLinesAdd(input: {
              cartId: "{{cart}}", ifVersion: 1, idempotencyKey: "{{Guid.CreateVersion7()}}"
              lines: [{variant: {sku: "TIN59"}, quantity: 2}]
            }) { cart { version quantity } problems { code } } }
            """;

        var first = await shop.Shop.AskAsync(add);
        var again = await shop.Shop.AskAsync(add);
        await shop.ChangeCatalogAsync("TIN59", status: ProductStatus.Archived);
        var late = await shop.Shop.AskAsync(add);
        var other = await shop.Shop.AskAsync(
            add.Replace("quantity: 2", "quantity: 3", StringComparison.Ordinal)
        );
        await shop.ChangeCatalogAsync("TIN59", status: ProductStatus.Active);

        Assert.Contains("\"quantity\": 3", first, StringComparison.Ordinal);
        Assert.Equal((first, first), (again, late));
        Assert.Contains("IDEMPOTENCY_CONFLICT", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cart_is_made_once_for_one_key()
    {
        var create = $$"""
            mutation { cartCreate(input: {
              idempotencyKey: "{{Guid.CreateVersion7()}}", lines: [{variant: {sku: "TIN58"}, quantity: 2}]
            }) { cart { id version quantity } problems { code } } }
            """;

        Assert.Equal(await shop.Shop.AskAsync(create), await shop.Shop.AskAsync(create));
    }

    [Fact]
    public async Task All_lines_are_ticked_where_none_is_named()
    {
        var (cart, _) = await shop.CreateAsync(("MUG", 1), ("JUG", 1));

        await shop.ChangeAsync("cartLinesSelect", $$"""{cartId: "{{cart}}", selected: false}""");

        Assert.Contains(
            "\"subtotal\": {\n        \"amount\": \"0.00\"",
            await shop.ShowAsync(cart),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_guests_cart_goes_into_the_customers()
    {
        var (guest, _) = await shop.CreateAsync(("MUG", 1), ("JUG", 1));
        var (cart, _) = await shop.CreateAsync(("MUG", 2));
        var input = $$"""{cartId: "{{cart}}", fromCartId: "{{guest}}"}""";

        var merged = await shop.ChangeAsync("cartMerge", input);

        Snapshot.Match(merged);
        Assert.Equal(merged, await shop.ChangeAsync("cartMerge", input));
        Assert.Equal("{\n  \"cart\": null\n}", await shop.ShowAsync(guest));
    }

    [Fact]
    public async Task What_cannot_be_put_in_is_told_line_by_line_and_nothing_is_done()
    {
        var (cart, lines) = await shop.CreateAsync(("MUG", 1));

        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesAdd",
                $$"""
                {cartId: "{{cart}}", lines: [
                  {{Mug}},
                  {variant: {sku: "NONE"}, quantity: 1},
                  {variant: {sku: "JUG"}, quantity: 0},
                  {variant: {sku: "JUG"}, quantity: 10001}
                ]}
                """
            ),
            "cart_add_refused"
        );
        Snapshot.Match(
            await shop.ChangeAsync(
                "cartLinesUpdate",
                $$"""{cartId: "{{cart}}", lines: [{lineId: "{{lines[0]}}", quantity: -1}]}"""
            ),
            "cart_update_refused"
        );
        Assert.Equal(1, (await shop.FindAsync(cart)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Another_currency_than_the_shops_is_refused() =>
        Snapshot.Match(await shop.ChangeAsync("cartCreate", "{currencyCode: EUR}"));

    [Fact]
    public async Task What_the_store_refuses_is_told_with_the_place_in_the_input()
    {
        var (cart, lines) = await shop.CreateAsync(("MUG", 1));
        var (gone, _) = await shop.CreateAsync();
        await shop.ChangeAsync("cartMerge", $$"""{cartId: "{{cart}}", fromCartId: "{{gone}}"}""");
        await shop.ChangeAsync("cartLinesRemove", $$"""{cartId: "{{cart}}", lineIds: ["{{lines[0]}}"]}""");

        string[] answers =
        [
            await shop.ChangeAsync("cartLinesAdd", $$"""{cartId: "{{gone}}", lines: [{{Mug}}]}"""),
            await shop.ChangeAsync(
                "cartLinesAdd",
                $$"""{cartId: "{{cart}}", lines: [{{Mug}}], ifVersion: 1}"""
            ),
            await shop.ChangeAsync(
                "cartLinesAdd",
                $$"""{cartId: "{{cart}}", lines: [{{Mug}}, {variant: {sku: "MUG"}, quantity: 10000}]}"""
            ),
            await shop.ChangeAsync(
                "cartLinesUpdate",
                $$"""{cartId: "{{cart}}", lines: [{lineId: "{{lines[0]}}", quantity: 2}]}"""
            ),
            await shop.ChangeAsync(
                "cartLinesSelect",
                $$"""{cartId: "{{cart}}", lineIds: ["{{lines[0]}}"], selected: true}"""
            ),
            await shop.ChangeAsync("cartMerge", $$"""{cartId: "{{cart}}", fromCartId: "{{cart}}"}"""),
        ];

        Snapshot.Match(string.Join('\n', answers));
    }

    [Fact]
    public async Task Two_changes_in_one_document_each_show_the_cart_after_themselves()
    {
        var (cart, lines) = await shop.CreateAsync(("MUG", 1));

        var answer = await shop.Shop.AskJsonAsync(
            $$"""
            mutation {
              more: cartLinesUpdate(input: {cartId: "{{cart}}", lines: [{lineId: "{{lines[
                0
            ]}}", quantity: 5}]}) { cart { quantity version } }
              none: cartLinesRemove(input: {cartId: "{{cart}}", lineIds: ["{{lines[
                0
            ]}}"]}) { cart { quantity version } }
            }
            """
        );

        Assert.Equal(
            """{"more":{"cart":{"quantity":5,"version":2}},"none":{"cart":{"quantity":0,"version":3}}}""",
            System.Text.Json.JsonSerializer.Serialize(answer)
        );
    }
}
