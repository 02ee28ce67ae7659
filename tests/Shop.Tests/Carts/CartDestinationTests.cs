using System.Text.Json;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Pricing;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Carts;

/// <summary>Where a cart goes, before there is an address. A tea pot costs 4.25.</summary>
public sealed class CartDestinationTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Counter _counter = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Fact]
    public async Task A_cart_goes_where_the_shopper_says_and_said_twice_is_said_once()
    {
        var cart = await _counter.CartAsync(units: 1);
        Assert.Equal(JsonValueKind.Null, (await SeenAsync(cart)).GetProperty("destination").ValueKind);

        await SetAsync(new { cartId = cart, countryCode = "GB" });
        var input = new
        {
            cartId = cart,
            countryCode = "US",
            region = "ny",
            postalCode = " 10:001 ",
            ifVersion = 2,
            idempotencyKey = Guid.CreateVersion7(),
        };
        var once = await SetAsync(input);
        var again = await SetAsync(input);

        Assert.Equal(
            """{"cart":{"version":3,"destination":{"countryCode":"US","region":"US-NY","postalCode":"10:001"}},"problems":[]}""",
            once
        );
        Assert.Equal(once, again);
    }

    [Fact]
    public async Task What_is_no_place_is_refused()
    {
        var cart = await _counter.CartAsync(units: 1);

        var refused = await SetAsync(
            new
            {
                cartId = cart,
                countryCode = "GB",
                region = "Kent and so on",
                postalCode = "a\nb",
            }
        );
        var nowhere = await SetAsync(new { cartId = cart, countryCode = "QQ" });
        var late = await SetAsync(
            new
            {
                cartId = cart,
                countryCode = "GB",
                ifVersion = 7,
            }
        );

        Assert.Equal(
            """{"cart":null,"problems":[{"code":"INVALID_INPUT","field":["region"]},{"code":"INVALID_INPUT","field":["postalCode"]}]}""",
            refused
        );
        Assert.Contains("""["countryCode"]""", nowhere, StringComparison.Ordinal);
        Assert.Contains("VERSION_CONFLICT", late, StringComparison.Ordinal);
        Assert.Equal(1, (await SeenAsync(cart)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_promotion_of_a_place_takes_off_from_the_cart_and_from_the_order()
    {
        string[] countries = ["GB"];
        await _counter.PlanAsync(
            new
            {
                title = "At home",
                isAdvertised = true,
                when = new { destination = new { countries } },
                action = new { orderPercent = new { percent = "10" } },
            }
        );
        var cart = await _counter.CartAsync(units: 4);

        Assert.Equal("17.00", Total(await _counter.SeenAsync(cart)));
        await SetAsync(new { cartId = cart, countryCode = "GB" });
        var seen = await _counter.SeenAsync(cart);
        var order = (await _counter.PlaceAsync(cart, ifTotal: "15.30")).GetProperty("order");

        Assert.Equal("15.30", Total(seen));
        Assert.Equal("15.30", Total(order));
    }

    private async Task<string> SetAsync(object input)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            """
            mutation($input: CartDestinationInput!) {
              cartDestinationSet(input: $input) {
                cart { version destination { countryCode region postalCode } } problems { code field }
              }
            }
            """,
            new { input }
        );
        return Json(answer.GetProperty("cartDestinationSet"));
    }

    private async Task<JsonElement> SeenAsync(string cart) =>
        (
            await shop.AskAsync(
                Askers.Guest,
                $$"""{ cart(id: "{{cart}}") { version destination { countryCode } } }"""
            )
        ).GetProperty("cart");
}
