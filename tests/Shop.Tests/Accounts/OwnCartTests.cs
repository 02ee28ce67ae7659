using Shop.Tests.Carts;
using Shop.Tests.Fixtures;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>The cart that a guest has filled is there after they have signed in, on every device.</summary>
public sealed class OwnCartTests(CartShop shop) : IClassFixture<CartShop>
{
    private const string Viewer = "{ viewer { cart { id quantity } } }";

    [Fact]
    public async Task Who_registers_keeps_the_cart()
    {
        var (cart, _) = await shop.CreateAsync(("MUG", 2));

        var ada = await shop.Shop.RegisterAsync(SomebodyNew(), cartId: cart);

        Assert.Equal(
            $$$$"""{"viewer":{"cart":{"id":"{{{{cart}}}}","quantity":2}}}""",
            (await shop.Shop.AskAsync(ada.User, Viewer)).ToString()
        );
    }

    [Fact]
    public async Task Who_signs_in_finds_both_carts_in_one()
    {
        var email = SomebodyNew();
        var (cart, _) = await shop.CreateAsync(("MUG", 2));
        var ada = await shop.Shop.RegisterAsync(email, cartId: cart);
        var (phones, _) = await shop.CreateAsync(("MUG", 1), ("JUG", 1));

        var signedIn = await shop.Shop.SignInAsync(email, cartId: phones);
        var again = await shop.Shop.SignInAsync(email, cartId: phones);

        Assert.Empty(signedIn.Problems);
        Assert.Empty(again.Problems);
        Assert.Equal(
            $$$$"""{"viewer":{"cart":{"id":"{{{{cart}}}}","quantity":4}}}""",
            (await shop.Shop.AskAsync(ada.User, Viewer)).ToString()
        );
    }

    [Fact]
    public async Task Who_signs_in_with_a_cart_that_is_not_theirs_is_signed_in_without_it()
    {
        var (adas, _) = await shop.CreateAsync(("MUG", 2));
        await shop.Shop.RegisterAsync(SomebodyNew(), cartId: adas);

        var eve = await shop.Shop.RegisterAsync(SomebodyNew(), cartId: adas);

        Assert.Equal(["NOT_FOUND"], eve.Problems);
        Assert.Equal("cartId", eve.Payload.GetProperty("problems")[0].GetProperty("field")[0].GetString());
        Assert.NotNull(eve.AccessToken);
        Assert.Equal("""{"viewer":{"cart":null}}""", (await shop.Shop.AskAsync(eve.User, Viewer)).ToString());
    }

    [Fact]
    public async Task The_cart_that_a_customer_makes_is_their_own_unless_they_have_one()
    {
        const string Create = "mutation { cartCreate(input: {}) { cart { id } } }";
        var ada = await shop.Shop.RegisterAsync(SomebodyNew());

        var first = await shop.Shop.AskAsync(ada.User, Create);
        await shop.Shop.AskAsync(ada.User, Create);
        var viewer = await shop.Shop.AskAsync(ada.User, "{ viewer { cart { id } } }");

        Assert.Equal(
            first.GetProperty("cartCreate").GetProperty("cart").ToString(),
            viewer.GetProperty("viewer").GetProperty("cart").ToString()
        );
    }
}
