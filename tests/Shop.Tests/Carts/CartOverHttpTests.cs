using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Carts;

/// <summary>Two nodes behind a load balancer, and a client that does not know which one answers.</summary>
public sealed class CartOverHttpTests(CartShop shop) : IClassFixture<CartShop>, IAsyncLifetime
{
    private ShopNode _one = null!;
    private ShopNode _other = null!;

    [Fact]
    public async Task A_cart_that_changes_on_one_node_is_pushed_by_the_other()
    {
        var cart = await CreateAsync();
        using var client = await SocketClient.OpenAsync(_other.Address);
        await client.SubscribeAsync(
            "1",
            $$"""subscription { cartChanged(cartId: "{{cart}}") { version cost { total { amount } } } }"""
        );
        Assert.Equal("""{"version":1,"cost":{"total":{"amount":"1.50"}}}""", await NextAsync(client));

        await AddAsync(cart);
        Assert.Equal("""{"version":2,"cost":{"total":{"amount":"3.00"}}}""", await NextAsync(client));

        await AddAsync(cart);
        Assert.Equal("""{"version":3,"cost":{"total":{"amount":"4.50"}}}""", await NextAsync(client));
    }

    [Fact]
    public async Task A_cart_that_is_not_there_cannot_be_watched()
    {
        var none = Shop.GraphQL.Engine.Schema.GlobalId.Of(CartId.Make());
        using var client = await SocketClient.OpenAsync(_one.Address);

        await client.SubscribeAsync(
            "1",
            $$"""subscription { cartChanged(cartId: "{{none}}") { version } }"""
        );

        Assert.Contains("NOT_FOUND", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_of_a_cart_is_never_logged()
    {
        var cart = await CreateAsync();
        await AddAsync(cart);
        using var client = await SocketClient.OpenAsync(_one.Address);
        await client.SubscribeAsync(
            "1",
            $$"""subscription { cartChanged(cartId: "{{cart}}") { version } }"""
        );
        await NextAsync(client);

        Assert.True(Shop.GraphQL.Engine.Schema.GlobalId.TryParse(cart, out var id));
        Assert.NotEmpty(_one.Log.Lines);
        Assert.DoesNotContain(
            _one.Log.Lines,
            line =>
                line.Contains(cart, StringComparison.Ordinal)
                || line.Contains(id.Key, StringComparison.Ordinal)
        );
    }

    public async ValueTask InitializeAsync()
    {
        _one = await ShopNode.StartAsync(shop.Shop);
        _other = await ShopNode.StartAsync(shop.Shop);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private async Task<string> CreateAsync()
    {
        var answer = await _one.AskAsync(
            """mutation { cartCreate(input: {lines: [{variant: {sku: "MUG"}, quantity: 1}]}) { cart { id } } }"""
        );
        return answer.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString()!;
    }

    private Task<JsonElement> AddAsync(string cart) =>
        _one.AskAsync(
            $$"""
            mutation {
              cartLinesAdd(input: {cartId: "{{cart}}", lines: [{variant: {sku: "MUG"}, quantity: 1}]}) { problems { message } }
            }
            """
        );

    private static async Task<string> NextAsync(SocketClient client) =>
        JsonDocument
            .Parse(await client.HearAsync())
            .RootElement.GetProperty("payload")
            .GetProperty("data")
            .GetProperty("cartChanged")
            .GetRawText();
}
