using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Catalog.Prices;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Accounts;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Prices;

/// <summary>What different clients of one node are shown, where answers are kept for all. A tea pot costs 4.25 by itself.</summary>
public sealed class GroupPriceTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Page =
        """{ productVariant(by: {sku: "TEAPOT"}) { price { amount } compareAtPrice { amount } } }""";
    private const string SetGroups = """
        mutation($id: ID!, $groups: [String!]!) {
          customerGroupsSet(input: {customerId: $id, groups: $groups}) { customer { groups version } problems { code field } }
        }
        """;

    private static readonly CustomerId _merchant = new(7);
    private static readonly string[] _groups = [" Trade", "trade", "friends"];
    private static readonly string[] _noGroups = ["trade", " "];

    private readonly HttpClient _http = new();
    private ShopNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        await TeaPots.StockAsync(shop, units: 1000);
        _node = await ShopNode.StartAsync(shop, shop.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_customer_of_a_group_is_shown_their_price_and_nobody_else_is()
    {
        await PricedAsync("200", group: "trade");
        var email = AccountShop.SomebodyNew();
        var ada = await shop.RegisterAsync(email);
        var before = await PageAsync(ada.AccessToken);
        var set = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            SetGroups,
            new { id = $"{GlobalId.Of(ada.Id)}", groups = _groups }
        );
        var token = (await shop.RefreshAsync(ada.RefreshToken)).AccessToken;

        Assert.Equal(
            """{"customer":{"groups":["friends","trade"],"version":2},"problems":[]}""",
            JsonSerializer.Serialize(set.GetProperty("customerGroupsSet"))
        );
        Assert.Equal("4.25", before);
        // Each asks twice: what can be kept is kept after the second.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("4.25", await PageAsync());
            Assert.Equal("2.00", await PageAsync(token));
            Assert.Equal("4.25", await PageAsync(ada.AccessToken));
        }

        Assert.Equal("2.00", await PageAsync((await shop.SignInAsync(email)).AccessToken));
    }

    [Fact]
    public async Task What_no_group_can_be_called_is_refused()
    {
        var ada = await shop.RegisterAsync(AccountShop.SomebodyNew());

        var refused = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            SetGroups,
            new { id = $"{GlobalId.Of(ada.Id)}", groups = _noGroups }
        );

        Assert.Equal(
            """{"customer":null,"problems":[{"code":"INVALID_INPUT","field":["groups","1"]}]}""",
            JsonSerializer.Serialize(refused.GetProperty("customerGroupsSet"))
        );
    }

    [Fact]
    public async Task A_kept_answer_ends_when_a_price_or_a_promotion_begins_or_ends()
    {
        var now = shop.Clock.GetUtcNow();
        await PricedAsync("400", group: null, now.AddSeconds(2), now.AddSeconds(10));
        await ReducedAsync(50, now.AddSeconds(4), now.AddSeconds(6));

        var seen = new List<string>();
        for (var second = 0; second < 12; second++)
        {
            seen.Add(await PageAsync());
            Assert.Equal(seen[^1], await PageAsync());
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [
                .. Enumerable.Repeat("4.25", 2),
                .. Enumerable.Repeat("4.00", 2),
                .. Enumerable.Repeat("2.00", 2),
                .. Enumerable.Repeat("4.00", 4),
                .. Enumerable.Repeat("4.25", 2),
            ],
            seen
        );
    }

    [Fact]
    public async Task A_page_shows_what_a_promotion_lowers_and_the_cart_and_the_order_charge_it()
    {
        await ReducedAsync(10, shop.Clock.GetUtcNow(), shop.Clock.GetUtcNow().AddSeconds(30));

        var page = (await shop.AskJsonAsync(Page)).GetProperty("productVariant");
        var (cart, other) = (await CartAsync(), await CartAsync());
        var placed = await PlaceAsync(cart);
        shop.Clock.Advance(TimeSpan.FromSeconds(31));
        var late = await PlaceAsync(other);

        Assert.Equal(
            """{"price":{"amount":"3.82"},"compareAtPrice":{"amount":"4.25"}}""",
            JsonSerializer.Serialize(page)
        );
        Assert.Equal(
            """[{"unitPrice":{"amount":"3.82"},"total":{"amount":"11.46"},"problems":[],"discounts":[]}]""",
            JsonSerializer.Serialize(cart.GetProperty("lines"))
        );
        Assert.Equal(
            """{"subtotal":{"amount":"11.46"},"discount":{"amount":"0.00"}}""",
            JsonSerializer.Serialize(cart.GetProperty("cost"))
        );
        Assert.Equal(
            """{"order":null,"problems":[{"code":"PRICE_CHANGED"}]}""",
            JsonSerializer.Serialize(late)
        );
        Assert.Equal(
            """{"order":{"lines":[{"unitPrice":{"amount":"3.82"}}]},"problems":[]}""",
            JsonSerializer.Serialize(placed)
        );
    }

    private async Task<JsonElement> CartAsync()
    {
        var made = await shop.AskJsonAsync(
            """
            mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: 3}]}) {
              cart { id lines { unitPrice { amount } total { amount } problems { code } discounts { amount { amount } } } cost { subtotal { amount } discount { amount } } }
            } }
            """
        );
        return made.GetProperty("cartCreate").GetProperty("cart");
    }

    private async Task<JsonElement> PlaceAsync(JsonElement cart)
    {
        const string Place = """
            mutation($key: UUID!, $cart: ID!) {
              orderPlace(input: {
                idempotencyKey: $key, cartId: $cart, email: "ada@example.org"
                shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
              }) { order { lines { unitPrice { amount } } } problems { code } }
            }
            """;
        var (key, id) = (Guid.CreateVersion7(), cart.GetProperty("id").GetString());
        return (await shop.AskJsonAsync(Place, new { key, cart = id })).GetProperty("orderPlace");
    }

    private async Task<string> PageAsync(string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _node.Address)
        {
            Content = JsonContent.Create(new { query = Page }),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer
            .GetProperty("data")
            .GetProperty("productVariant")
            .GetProperty("price")
            .GetProperty("amount")
            .GetString()!;
    }

    private async Task PricedAsync(
        string minor,
        string? group,
        DateTimeOffset? startsAt = null,
        DateTimeOffset? endsAt = null
    )
    {
        var list = Assert.IsType<PriceListResult.Saved>(
            await _node
                .Get<SavePriceList>()
                .RunAsync(
                    new(
                        Guid.CreateVersion7(),
                        Id: null,
                        IfVersion: null,
                        new()
                        {
                            Id = default,
                            Title = "Spring",
                            Currency = "GBP",
                            Group = group,
                            StartsAt = startsAt,
                            EndsAt = endsAt,
                        },
                        _merchant
                    ),
                    CancellationToken.None
                )
        );
        var pot = (await shop.AskJsonAsync("""{ productVariant(by: {sku: "TEAPOT"}) { id } }"""))
            .GetProperty("productVariant")
            .GetProperty("id")
            .GetString()!;
        Assert.True(GlobalId.TryParse(pot, out var id));
        var price = decimal.Parse(minor, System.Globalization.CultureInfo.InvariantCulture) / 100;
        Assert.IsType<PriceListResult.Saved>(
            await _node
                .Get<SetListPrices>()
                .RunAsync(
                    new(
                        Guid.CreateVersion7(),
                        list.Id,
                        IfVersion: null,
                        [
                            new(
                                new(long.Parse(id.Key, System.Globalization.CultureInfo.InvariantCulture)),
                                MinUnits: 1,
                                price,
                                CompareAt: null,
                                StartsAt: null,
                                EndsAt: null
                            ),
                        ],
                        _merchant
                    ),
                    CancellationToken.None
                )
        );
        await shop.ReplicaCaughtUpAsync();
    }

    private async Task ReducedAsync(long percent, DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        Assert.IsType<SavePromotionResult.Saved>(
            await _node
                .Get<SavePromotion>()
                .RunAsync(
                    new(
                        Guid.CreateVersion7(),
                        Id: null,
                        IfVersion: null,
                        new()
                        {
                            Id = default,
                            Title = "Sale",
                            Action = new ReducePrice(percent * 10_000, Items.All),
                            StartsAt = startsAt,
                            EndsAt = endsAt,
                        },
                        _merchant
                    ),
                    CancellationToken.None
                )
        );
        shop.Get<RunningPromotions>().Forget();
    }
}
