using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>A customer's own orders: placed while signed in, or claimed after.</summary>
public sealed class CustomerOrdersTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Claim = """
        mutation($by: OrderBy!, $key: String!) {
          orderClaim(input: {order: $by, accessKey: $key}) { order { id } problems { code } }
        }
        """;

    private readonly Saga _saga = new(shop);
    private readonly CustomerId _ada = shop.Get<NewId>().Next<CustomerId>();
    private readonly CustomerId _eve = shop.Get<NewId>().Next<CustomerId>();

    public async ValueTask InitializeAsync() => await shop.OpenAccountsAsync(_ada, _eve);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_ordered_while_signed_in_stands_among_ones_orders_at_once()
    {
        await TeaPots.StockAsync(shop, units: 5);
        var cart = await shop.AskAsync(
            Askers.Customer(_ada),
            """mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: 1}]}) { cart { id } } }"""
        );

        var placed = await shop.AskAsync(
            Askers.Customer(_ada),
            """
            mutation($key: UUID!, $cart: ID!) {
              orderPlace(input: {
                idempotencyKey: $key, cartId: $cart, email: "ada@example.org"
                shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
              }) { accessKey order { id customer { id } } }
            }
            """,
            new
            {
                key = Guid.CreateVersion7(),
                cart = cart.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString(),
            }
        );

        var payload = placed.GetProperty("orderPlace");
        Assert.Equal(22, payload.GetProperty("accessKey").GetString()!.Length);
        var order = payload.GetProperty("order");
        Assert.Equal(
            GlobalId.Of(_ada).ToString(),
            order.GetProperty("customer").GetProperty("id").GetString()
        );
        var mine = await OrdersAsync(_ada, "first: 5");
        Assert.Equal([order.GetProperty("id").GetString()], Ids(mine));
    }

    [Fact]
    public async Task Ones_orders_are_paged_both_ways_newest_first()
    {
        var placed = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            placed.Insert(0, GlobalId.Of(await PlacedAsync(_ada)).ToString());
            await PlacedAsync(_eve);
        }

        await shop.ReplicaCaughtUpAsync();
        var first = await OrdersAsync(_ada, "first: 2");
        var second = await OrdersAsync(_ada, $"first: 3, after: {Cursor(first, "endCursor")}");
        var back = await OrdersAsync(_ada, $"last: 2, before: {Cursor(second, "endCursor")}");

        Assert.Equal(placed[..2], Ids(first));
        Assert.Equal(placed[2..], Ids(second));
        Assert.Equal(placed[2..4], Ids(back));
        Assert.Equal(("true", "false"), Ends(first));
        Assert.Equal(("false", "true"), Ends(second));
        Assert.Equal(("true", "true"), Ends(back));
        Assert.Equal(
            "INVALID_CURSOR",
            await shop.ErrorAsync(
                Askers.Customer(_ada),
                """{ viewer { orders(after: "bm9uZQ") { nodes { id } } } }"""
            )
        );
    }

    [Fact]
    public async Task The_orders_of_all_customers_on_a_page_are_one_statement()
    {
        var placed = new List<OrderId>();
        foreach (var customer in new[] { _ada, _eve, _ada })
        {
            placed.Add(await PlacedAsync(customer));
        }

        await shop.ReplicaCaughtUpAsync();
        using var count = SqlCount.Start();
        var answer = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { customer { orders(first: 2) { nodes { id } } } } } }",
            new { ids = placed.Select(order => GlobalId.Of(order).ToString()) }
        );

        Assert.Equal(2, count.Statements.Count(sql => sql.Contains("orders.", StringComparison.Ordinal)));
        var lists = answer.GetProperty("nodes").EnumerateArray();
        Assert.Equal(
            [2, 1, 2],
            lists.Select(order => Ids(order.GetProperty("customer").GetProperty("orders")).Count())
        );
    }

    [Fact]
    public async Task A_guests_order_becomes_the_customers_who_has_its_key_and_nobody_elses_after()
    {
        var request = Request(customer: null);
        var order = await _saga.PlacedAsync(request);
        var (id, number) = (GlobalId.Of(order).ToString(), $"{(await _saga.OrderAsync(order)).Number}");
        var key = AccessKey.Of(request.CartSecret, order).Text;

        Assert.Equal("NOT_FOUND", await ClaimAsync(_ada, new { by = new { id }, key = "another" }));
        Assert.Null((await _saga.OrderAsync(order)).CustomerId);
        Assert.Equal(id, await ClaimAsync(_ada, new { by = new { id }, key }));
        Assert.Equal(id, await ClaimAsync(_ada, new { by = new { number }, key }));
        Assert.Equal("NOT_FOUND", await ClaimAsync(_eve, new { by = new { id }, key }));

        Assert.Equal([id], Ids(await OrdersAsync(_ada, "first: 5")));
        Assert.Empty(Ids(await OrdersAsync(_eve, "first: 5")));
        Assert.Equal(
            "UNAUTHENTICATED",
            await shop.ErrorAsync(Askers.Guest, Claim, new { by = new { id }, key })
        );
    }

    [Fact]
    public async Task Of_two_who_claim_an_order_at_once_one_gets_it()
    {
        var request = Request(customer: null);
        var order = await _saga.PlacedAsync(request);
        var id = GlobalId.Of(order).ToString();
        var variables = new { by = new { id }, key = AccessKey.Of(request.CartSecret, order).Text };

        var answers = await Task.WhenAll(ClaimAsync(_ada, variables), ClaimAsync(_eve, variables));

        Assert.Single(answers, "NOT_FOUND");
        Assert.Single(answers, id);
    }

    private async Task<string> ClaimAsync(CustomerId customer, object variables)
    {
        var answer = await shop.AskAsync(Askers.Customer(customer), Claim, variables);
        var payload = answer.GetProperty("orderClaim");
        return
            payload.GetProperty("problems").EnumerateArray().FirstOrDefault()
                is { ValueKind: JsonValueKind.Object } problem
            ? problem.GetProperty("code").GetString()!
            : payload.GetProperty("order").GetProperty("id").GetString()!;
    }

    private Task<OrderId> PlacedAsync(CustomerId customer) => _saga.PlacedAsync(Request(customer));

    private PlaceOrderRequest Request(CustomerId? customer) =>
        Saga.Request((shop.Get<NewId>().Next<VariantId>(), 1)) with
        {
            Customer = customer,
        };

    private async Task<JsonElement> OrdersAsync(CustomerId customer, string page)
    {
        var answer = await shop.AskAsync(
            Askers.Customer(customer),
            $$"""
            { viewer { orders({{page}}) {
              nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            } } }
            """
        );
        return answer.GetProperty("viewer").GetProperty("orders");
    }

    private static IEnumerable<string?> Ids(JsonElement orders) =>
        orders.GetProperty("nodes").EnumerateArray().Select(order => order.GetProperty("id").GetString());

    private static string Cursor(JsonElement orders, string end) =>
        orders.GetProperty("pageInfo").GetProperty(end).GetRawText();

    private static (string HasNext, string HasPrevious) Ends(JsonElement orders) =>
        (Cursor(orders, "hasNextPage"), Cursor(orders, "hasPreviousPage"));
}
