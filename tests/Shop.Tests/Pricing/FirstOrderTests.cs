using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>What is for first orders: 1.00 off a tea pot of 4.25, for a customer who has none that stands.</summary>
public sealed class FirstOrderTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private static readonly object _first = new
    {
        title = "Hello",
        when = new { customer = new { signedIn = true, isFirstOrder = true } },
        action = new
        {
            orderAmount = new { amounts = new[] { new { amount = "1.00", currencyCode = "GBP" } } },
        },
    };

    private readonly Counter _counter = new(shop);
    private readonly Saga _saga = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Fact]
    public async Task It_is_the_first_until_an_order_stands_in_carts_as_when_it_is_placed()
    {
        await _counter.PlanAsync(_first);
        var (ada, ben) = (Askers.Customer(new(5001)), Askers.Customer(new(5002)));

        var guest = await CartAsync(Askers.Guest);
        var before = await CartAsync(ada);
        var placed = await PlaceAsync(ada);
        await shop.ReplicaCaughtUpAsync();
        var after = await CartAsync(ada);
        var second = await PlaceAsync(ada);
        var other = await CartAsync(ben);

        Assert.Equal(
            ("4.25", "3.25", "3.25", "4.25", "4.25", "3.25"),
            (guest, before, Total(placed), after, Total(second), other)
        );
        Assert.Equal("[]", Json(second.GetProperty("cost").GetProperty("promotions")));
    }

    [Fact]
    public async Task An_order_that_was_called_off_does_not_stand()
    {
        await _counter.PlanAsync(_first);
        var eve = Askers.Customer(new(5003));
        var placed = await PlaceAsync(eve);
        await shop.AskAsync(
            eve,
            "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { problems { code } } }",
            new
            {
                input = new
                {
                    idempotencyKey = Guid.CreateVersion7(),
                    order = new { id = Text(placed, "id") },
                },
            }
        );
        await _saga.SettleAsync();
        await shop.ReplicaCaughtUpAsync();

        Assert.Equal("3.25", await CartAsync(eve));
    }

    [Fact]
    public async Task Orders_are_looked_up_once_for_all_carts_and_only_where_a_promotion_asks()
    {
        var joe = Askers.Customer(new(5004));
        var carts = new List<string>();
        for (var n = 0; n < 3; n++)
        {
            carts.Add(await _counter.CartAsync(units: 1));
        }

        var none = await CountAsync(joe, carts);
        await _counter.PlanAsync(_first);
        await SeenAsync(joe, carts);
        var asked = await CountAsync(joe, carts);
        var guest = await CountAsync(Askers.Guest, carts);

        Assert.Equal((0, 1, 0), (none, asked, guest));
    }

    [Fact]
    public async Task A_preview_can_be_that_of_a_first_order()
    {
        async Task<string> PreviewAsync(bool? isFirstOrder) =>
            Total(
                (
                    await shop.AskAsync(
                        Askers.Staff(StaffRole.Pricing),
                        "mutation($input: QuotePreviewInput!) { quotePreview(input: $input) { cost { total { amount } } } }",
                        new
                        {
                            input = new
                            {
                                lines = new[] { new { variant = new { sku = "TEAPOT" }, quantity = 1 } },
                                signedIn = true,
                                isFirstOrder,
                                promotion = _first,
                            },
                        }
                    )
                ).GetProperty("quotePreview")
            );

        Assert.Equal(("3.25", "4.25"), (await PreviewAsync(true), await PreviewAsync(null)));
    }

    [Fact]
    public async Task It_is_read_as_it_was_written()
    {
        var id = await _counter.PlanAsync(_first);

        var read = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "query($id: ID!) { node(id: $id) { ... on Promotion { when { customer { signedIn groups isFirstOrder } } } } }",
            new { id }
        );

        Assert.Equal(
            """{"when":{"customer":{"signedIn":true,"groups":null,"isFirstOrder":true}}}""",
            Json(read.GetProperty("node"))
        );
    }

    private async Task<string> CartAsync(ClaimsPrincipal asker)
    {
        var cart = await _counter.CartAsync(units: 1);
        var seen = await shop.AskAsync(asker, $$"""{ cart(id: "{{cart}}") { {{Costs}} } }""");
        return Total(seen.GetProperty("cart"));
    }

    private async Task<JsonElement> PlaceAsync(ClaimsPrincipal customer)
    {
        var placed = await _counter.PlaceAsync(await _counter.CartAsync(units: 1), customer: customer);
        Assert.Equal("[]", Json(placed.GetProperty("problems")));
        return placed.GetProperty("order");
    }

    private async Task<int> CountAsync(ClaimsPrincipal asker, List<string> carts)
    {
        await shop.ReplicaShowsAllAsync();
        using var count = SqlCount.Start();
        await SeenAsync(asker, carts);
        return count.Statements.Count(sql => sql.Contains("orders.\"order\"", StringComparison.Ordinal));
    }

    private Task<JsonElement> SeenAsync(ClaimsPrincipal asker, List<string> carts) =>
        shop.AskAsync(
            asker,
            $"{{ {string.Join(' ', carts.Select((cart, n) => $"c{n}: cart(id: \"{cart}\") {{ {Costs} shippingOptions {{ id }} }}"))} }}"
        );
}
