using System.Text.Json;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Snapshooter.Xunit3;

namespace Shop.Tests.Orders;

/// <summary>The way of an order as a client goes it.</summary>
public sealed class OrderGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Place = """
        mutation($key: UUID!, $cart: ID!, $email: String!) {
          orderPlace(input: {
            idempotencyKey: $key, cartId: $cart, email: $email
            shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
          }) {
            replayed accessKey
            problems { __typename code message field }
            order {
              id number status version email placedAt paymentDueAt
              cost { subtotal { amount currencyCode } total { amount } }
              shippingAddress { name line1 line2 city region postalCode countryCode }
              lines { sku title quantity unitPrice { amount } total { amount } variant { sku availability { available } } }
              timeline { nodes { sequence from to actor note } }
              problems { code }
            }
          }
        }
        """;

    private readonly Saga _saga = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 5);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_client_places_an_order_and_reads_all_of_it()
    {
        var answer = await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 2));

        Snapshot.Match(
            answer.GetRawText(),
            options =>
                options
                    .IgnoreField("orderPlace.accessKey")
                    .IgnoreField("orderPlace.order.id")
                    .IgnoreField("orderPlace.order.number")
        );
    }

    [Fact]
    public async Task A_repeated_placement_gives_the_first_answer_although_the_cart_is_empty_by_now()
    {
        var (key, cart) = (Guid.CreateVersion7(), await CartAsync(units: 1));

        var first = await PlaceAsync(key, cart);
        var again = await PlaceAsync(key, cart);

        Assert.True(Text(first, "accessKey").Length > 0);
        Assert.Equal(Text(first, "accessKey"), Text(again, "accessKey"));
        Assert.Equal(OrderId(first), OrderId(again));
        Assert.True(again.GetProperty("orderPlace").GetProperty("replayed").GetBoolean());
        Assert.Equal("NOTHING_SELECTED", Code(await PlaceAsync(Guid.CreateVersion7(), cart)));
        Assert.Equal("IDEMPOTENCY_CONFLICT", Code(await PlaceAsync(key, cart, email: "eve@example.org")));
    }

    [Theory]
    [InlineData("ada", "INVALID_INPUT")]
    [InlineData("ada@", "INVALID_INPUT")]
    [InlineData("a da@example.org", "INVALID_INPUT")]
    [InlineData("a@b", "INVALID_INPUT")]
    [InlineData("<ada@example.org>", "INVALID_INPUT")]
    [InlineData("Ada <ada@example.org>", "INVALID_INPUT")]
    [InlineData("ada@example.org, eve@example.org", "INVALID_INPUT")]
    public async Task An_address_that_is_none_is_refused_and_places_nothing(string email, string code)
    {
        var before = await _saga.CountAsync("orders.\"order\"");

        Assert.Equal(code, Code(await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 1), email)));

        Assert.Equal(before, await _saga.CountAsync("orders.\"order\""));
    }

    [Fact]
    public async Task Only_its_access_key_opens_an_order()
    {
        var placed = await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 1));
        var number = placed.GetProperty("orderPlace").GetProperty("order").GetProperty("number").GetString()!;

        Assert.Equal(
            OrderId(placed),
            await FindAsync($"id: \"{OrderId(placed)}\"", Text(placed, "accessKey"))
        );
        Assert.Equal(
            OrderId(placed),
            await FindAsync($"number: \"{number.ToLowerInvariant()}\"", Text(placed, "accessKey"))
        );
        Assert.Null(await FindAsync($"id: \"{OrderId(placed)}\"", "another"));
        Assert.Null(await FindAsync($"id: \"{OrderId(placed)}\"", null));
        Assert.Null(await FindAsync("number: \"S-0000-0000\"", Text(placed, "accessKey")));
        var node = await shop.AskJsonAsync($$"""{ node(id: "{{OrderId(placed)}}") { id } }""");
        Assert.Equal(JsonValueKind.Null, node.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task Other_subgraphs_find_a_cart_by_its_secret_but_no_order_without_its_access_key()
    {
        var cart = await CartAsync(units: 1);
        var placed = await PlaceAsync(Guid.CreateVersion7(), cart);
        var number = placed.GetProperty("orderPlace").GetProperty("order").GetProperty("number").GetString()!;
        await shop.ReplicaCaughtUpAsync();

        var found = await shop.AskJsonAsync(
            $$"""
            { _entities(representations: [
              {__typename: "Cart", id: "{{cart}}"}
              {__typename: "Order", id: "{{OrderId(placed)}}"}
              {__typename: "Order", number: "{{number}}"}
              {__typename: "Order", number: "no number"}
            ]) { ... on Cart { id } ... on Order { number } } }
            """
        );

        Assert.Equal(
            $$"""[{"id":"{{cart}}"},null,null,null]""",
            JsonSerializer.Serialize(found.GetProperty("_entities"))
        );
    }

    [Fact]
    public async Task A_rejected_order_says_which_sku_fell_short()
    {
        var placed = await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 500));
        await _saga.SettleAsync();
        await shop.ReplicaCaughtUpAsync();

        var order = await shop.AskJsonAsync(
            $$"""
            { order(by: {id: "{{OrderId(placed)}}"}, accessKey: "{{Text(placed, "accessKey")}}") {
              status problems { code message ... on InsufficientStock { requested variant { sku } } } } }
            """
        );

        Assert.Equal("REJECTED", order.GetProperty("order").GetProperty("status").GetString());
        var problem = order.GetProperty("order").GetProperty("problems")[0];
        Assert.Equal("TEAPOT", problem.GetProperty("variant").GetProperty("sku").GetString());
        Assert.Equal(500, problem.GetProperty("requested").GetInt32());
    }

    [Fact]
    public async Task A_cancelled_order_is_cancelled_once()
    {
        var placed = await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 1));

        var cancelled = await CancelAsync(placed, Text(placed, "accessKey"));
        var again = await CancelAsync(placed, Text(placed, "accessKey"));
        var stranger = await CancelAsync(placed, "another");

        Assert.Equal("CANCELLED", cancelled.GetProperty("order").GetProperty("status").GetString());
        Assert.Equal("NOT_ALLOWED_NOW", again.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal("NOT_FOUND", stranger.GetProperty("problems")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Orders_with_all_their_lines_and_events_are_five_statements()
    {
        var placed = new List<JsonElement>();
        for (var count = 0; count < 5; count++)
        {
            placed.Add(await PlaceAsync(Guid.CreateVersion7(), await CartAsync(units: 1)));
        }

        await shop.ReplicaCaughtUpAsync();
        using var count1 = SqlCount.Start();
        await shop.AskJsonAsync(
            "{"
                + string.Concat(
                    placed.Select(
                        (order, n) =>
                            $$"""
                                o{{n}}: order(by: {id: "{{OrderId(order)}}"}, accessKey: "{{Text(
                                    order,
                                    "accessKey"
                                )}}") {
                                  number lines { sku variant { sku availability { available } } } timeline { nodes { to } } }
                                """
                    )
                )
                + "}"
        );

        Assert.Equal(
            5,
            count1.Statements.Count(sql => !sql.Contains("pg_last_wal_replay_lsn", StringComparison.Ordinal))
        );
    }

    private async Task<string> CartAsync(int units)
    {
        var answer = await shop.AskJsonAsync(
            $$"""mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) { cart { id } problems { message } } }"""
        );
        return answer.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString()!;
    }

    private Task<JsonElement> PlaceAsync(Guid key, string cart, string email = "ada@example.org") =>
        shop.AskJsonAsync(
            Place,
            new
            {
                key = key.ToString(),
                cart,
                email,
            }
        );

    private async Task<JsonElement> CancelAsync(JsonElement placed, string accessKey)
    {
        var answer = await shop.AskJsonAsync(
            $$"""
            mutation { orderCancel(input: {
              idempotencyKey: "{{Guid.CreateVersion7()}}", order: {id: "{{OrderId(
                placed
            )}}"}, accessKey: "{{accessKey}}"
            }) { order { status } problems { code } } }
            """
        );
        return answer.GetProperty("orderCancel");
    }

    private async Task<string?> FindAsync(string by, string? accessKey)
    {
        var answer = await shop.AskJsonAsync(
            "query($key: String) { order(by: {" + by + "}, accessKey: $key) { id } }",
            new { key = accessKey }
        );
        var order = answer.GetProperty("order");
        return order.ValueKind == JsonValueKind.Null ? null : order.GetProperty("id").GetString();
    }

    private static string Text(JsonElement placed, string field) =>
        placed.GetProperty("orderPlace").GetProperty(field).GetString()!;

    private static string OrderId(JsonElement placed) =>
        placed.GetProperty("orderPlace").GetProperty("order").GetProperty("id").GetString()!;

    private static string Code(JsonElement placed) =>
        placed.GetProperty("orderPlace").GetProperty("problems")[0].GetProperty("code").GetString()!;
}
