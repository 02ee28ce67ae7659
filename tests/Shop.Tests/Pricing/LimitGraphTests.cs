using System.Text.Json;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>How often a promotion can be used, as customers and staff see it. A tea pot costs 4.25.</summary>
public sealed class LimitGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Counter _counter = new(shop);
    private readonly Saga _saga = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Fact]
    public async Task Those_who_come_late_are_told_and_a_use_that_is_given_back_can_be_had_again()
    {
        var sale = await _counter.PlanAsync(Limited("TOTAL", uses: 2));
        await _counter.NameCodesAsync(sale, "TWO");
        var orders = new List<JsonElement>();
        for (var buyer = 0; buyer < 4; buyer++)
        {
            orders.Add(await OrderAsync("TWO", $"buyer{buyer}@example.com"));
        }

        await _saga.SettleAsync();
        var states = new List<string>();
        foreach (var order in orders)
        {
            states.Add(await StateAsync(order));
        }

        var cart = await _counter.CartAsync(units: 1);
        var late = await _counter.TypeAsync(cart, "TWO");
        var used = await UsesAsync(sale);
        await CancelAsync(orders[0]);
        await _saga.SettleAsync();
        var again = await _counter.TypeAsync(cart, "TWO");

        const string Refused =
            """REJECTED [{"code":"PROMOTION_USED_UP","typedCode":"TWO","isByYou":false}]""";
        Assert.Equal(["AWAITING_PAYMENT []", "AWAITING_PAYMENT []", Refused, Refused], states);
        Assert.Equal("USED_UP", Text(late.GetProperty("problems")[0], "reason"));
        Assert.Equal("[]", Json(again.GetProperty("problems")));
        Assert.Equal((2, 1), (used, await UsesAsync(sale)));
    }

    [Fact]
    public async Task A_cart_that_has_the_code_already_is_told_that_it_is_used_up_and_is_not_ordered()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Limited("TOTAL", uses: 1)), "LAST");
        var waiting = await _counter.CartAsync(units: 1);
        await _counter.TypeAsync(waiting, "LAST");
        await OrderAsync("LAST", "quick@example.com");
        await _saga.SettleAsync();

        var seen = await _counter.SeenAsync(waiting);
        var refused = await _counter.PlaceAsync(waiting);

        Assert.Equal(
            """[{"promotion":{"title":"Limited"},"code":"LAST","isApplied":false,"reason":"USED_UP","missing":null}]""",
            Json(seen.GetProperty("cost").GetProperty("promotions"))
        );
        Assert.Equal("USED_UP", Text(seen.GetProperty("problems")[0], "reason"));
        Assert.Equal("USED_UP", Text(refused.GetProperty("problems")[0], "reason"));
        Assert.Equal("null", Json(refused.GetProperty("order")));
    }

    [Fact]
    public async Task Each_code_has_its_own_uses()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Limited("CODE", uses: 1)), "ONE1", "ONE2");
        await OrderAsync("ONE1", "ada@example.com");
        await _saga.SettleAsync();
        await shop.ReplicaCaughtUpAsync();
        var cart = await _counter.CartAsync(units: 1);

        var used = await _counter.TypeAsync(cart, "ONE1");
        var other = await _counter.TypeAsync(cart, "ONE2");

        Assert.Equal("USED_UP", Text(used.GetProperty("problems")[0], "reason"));
        Assert.Equal("3.82", Total(other.GetProperty("cart")));
    }

    [Fact]
    public async Task A_customer_has_one_use_as_a_guest_in_any_spelling_and_with_an_account_that_comes_later()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Limited("CUSTOMER", uses: 1)), "ONCE");
        var first = await OrderAsync("ONCE", "Ann@X.com");
        var second = await OrderAsync("ONCE", "ann@x.com");
        var registered = await shop.AskJsonAsync(
            """
            mutation { customerRegister(input: {email: "ann@x.com", password: "correct horse battery", name: "Ann"}) {
              customer { id }
            } }
            """
        );
        var ann = new CustomerId(
            long.Parse(
                GlobalId
                    .Parse(Text(registered.GetProperty("customerRegister").GetProperty("customer"), "id"))
                    .Key,
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        var third = await OrderAsync("ONCE", "ann@work.com", ann);
        await _saga.SettleAsync();
        var before = (await StateAsync(first), await StateAsync(second), await StateAsync(third));
        await CancelAsync(first);
        await _saga.SettleAsync();
        var fourth = await OrderAsync("ONCE", "ann@work.com", ann);
        await _saga.SettleAsync();

        const string Refused =
            """REJECTED [{"code":"PROMOTION_USED_UP","typedCode":"ONCE","isByYou":true}]""";
        Assert.Equal(("AWAITING_PAYMENT []", Refused, Refused), before);
        Assert.Equal("AWAITING_PAYMENT []", await StateAsync(fourth));
    }

    [Fact]
    public async Task Limits_are_read_as_they_were_written_and_what_they_cannot_be_is_refused()
    {
        var sale = await _counter.PlanAsync(Limited("CUSTOMER", uses: 3));
        var read = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "query($id: ID!) { node(id: $id) { ... on Promotion { uses keepsUsesOfCancelled limits { per uses } } } }",
            new { id = sale }
        );
        var none = await SaveAsync(Limited("TOTAL", uses: 0));
        var codeless = await SaveAsync(Limited("CODE", uses: 1, needsCode: false));

        Assert.Equal(
            """{"uses":0,"keepsUsesOfCancelled":false,"limits":[{"per":"CUSTOMER","uses":3}]}""",
            Json(read.GetProperty("node"))
        );
        Assert.Equal("""["promotion","limits"]""", none);
        Assert.Equal("""["promotion","limits"]""", codeless);
    }

    private static object Limited(string per, int uses, bool needsCode = true) =>
        new
        {
            title = "Limited",
            needsCode,
            limits = new[] { new { per, uses } },
            action = new { orderPercent = new { percent = "10" } },
        };

    private async Task<string> SaveAsync(object promotion) =>
        Json(
            (
                await _counter.DoAsync(
                    "promotionSave",
                    "PromotionSaveInput",
                    new { promotion },
                    "promotion { id }"
                )
            )
                .GetProperty("problems")[0]
                .GetProperty("field")
        );

    private async Task<JsonElement> OrderAsync(string code, string email, CustomerId? customer = null)
    {
        var cart = await _counter.CartAsync(units: 1);
        Assert.Equal("[]", Json((await _counter.TypeAsync(cart, code)).GetProperty("problems")));
        var placed = await _counter.PlaceAsync(
            cart,
            email: email,
            customer: customer is { } id ? Askers.Customer(id) : null
        );
        Assert.Equal("[]", Json(placed.GetProperty("problems")));
        return placed;
    }

    private async Task<string> StateAsync(JsonElement placed)
    {
        await shop.ReplicaCaughtUpAsync();
        var seen = await shop.AskJsonAsync(
            "query($id: ID!, $key: String!) { order(by: {id: $id}, accessKey: $key) { status problems { code ... on PromotionUsedUp { typedCode isByYou } } } }",
            new { id = Text(placed.GetProperty("order"), "id"), key = Text(placed, "accessKey") }
        );
        var order = seen.GetProperty("order");
        return $"{Text(order, "status")} {Json(order.GetProperty("problems"))}";
    }

    private Task<JsonElement> CancelAsync(JsonElement placed) =>
        shop.AskAsync(
            Askers.Guest,
            "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { problems { code } } }",
            new
            {
                input = new
                {
                    idempotencyKey = Guid.CreateVersion7(),
                    order = new { id = Text(placed.GetProperty("order"), "id") },
                    accessKey = Text(placed, "accessKey"),
                },
            }
        );

    private async Task<int> UsesAsync(string promotion)
    {
        await shop.ReplicaCaughtUpAsync();
        var read = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "query($id: ID!) { node(id: $id) { ... on Promotion { uses } } }",
            new { id = promotion }
        );
        return read.GetProperty("node").GetProperty("uses").GetInt32();
    }
}
