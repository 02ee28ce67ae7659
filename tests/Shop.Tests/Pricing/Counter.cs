using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Pricing;

/// <summary>A shop of tea pots at 4.25, whose merchant plans promotions, and whose customers fill carts and order them; by GraphQL.</summary>
internal sealed class Counter(ShopFixture shop)
{
    /// <summary>What a client shows of what a cart or an order costs.</summary>
    public const string Costs =
        "cost { discount { amount } total { amount } promotions { promotion { title } code isApplied reason missing { amount } } }";

    /// <summary>What a client shows of problems.</summary>
    public const string Problems =
        "problems { code field ... on CodeRefused { promotionCode reason } ... on TotalChanged { previous { amount } current { amount } } }";

    private const string Place = $$"""
        mutation($input: OrderPlaceInput!) {
          orderPlace(input: $input) {
            accessKey order { id number lines { discounts { code amount { amount } } } {{Costs}} } {{Problems}}
          }
        }
        """;

    private static readonly ClaimsPrincipal _merchant = Askers.Staff(StaffRole.Pricing);

    private readonly List<string> _saved = [];

    /// <summary>Saves a promotion; returns its id.</summary>
    public async Task<string> PlanAsync(object promotion)
    {
        var saved = await DoAsync(
            "promotionSave",
            "PromotionSaveInput",
            new { promotion },
            "promotion { id }"
        );
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        var id = Text(saved.GetProperty("promotion"), "id");
        _saved.Add(id);
        return id;
    }

    /// <summary>Stops what this counter has planned, so that no other test is quoted by it.</summary>
    public async Task CloseAsync()
    {
        foreach (var id in _saved)
        {
            await PauseAsync(id);
        }
    }

    public Task<JsonElement> PauseAsync(string id) =>
        DoAsync("promotionPause", "PromotionPauseInput", new { id }, "promotion { pausedAt version }");

    /// <summary>Codes that the merchant has thought of.</summary>
    public Task<JsonElement> NameCodesAsync(string promotion, params string[] named) =>
        CodesAsync(new { promotionId = promotion, codes = new { named } });

    public Task<JsonElement> CodesAsync(object input, Guid? key = null) =>
        DoAsync("promotionCodesCreate", "PromotionCodesCreateInput", input, "replayed", key);

    /// <summary>One of staff's mutations.</summary>
    public async Task<JsonElement> DoAsync(
        string field,
        string type,
        object input,
        string selection,
        Guid? key = null
    )
    {
        var with = JsonSerializer.SerializeToNode(input)!.AsObject();
        with["idempotencyKey"] = key ?? Guid.CreateVersion7();
        var answer = await shop.AskAsync(
            _merchant,
            $"mutation($input: {type}!) {{ {field}(input: $input) {{ {selection} problems {{ code message field }} }} }}",
            new { input = with }
        );
        return answer.GetProperty(field);
    }

    /// <summary>The text of a promotion's codes, a page of them.</summary>
    public async Task<(string[] Codes, string? Next)> ListAsync(string promotion, string? after, int first)
    {
        var answer = await shop.AskAsync(
            _merchant,
            "query($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Promotion { codes(first: $first, after: $after) { nodes { text } pageInfo { endCursor } } } } }",
            new
            {
                id = promotion,
                first,
                after,
            }
        );
        var codes = answer.GetProperty("node").GetProperty("codes");
        return (
            [.. codes.GetProperty("nodes").EnumerateArray().Select(code => Text(code, "text"))],
            codes.GetProperty("pageInfo").GetProperty("endCursor").GetString()
        );
    }

    public async Task<string> CartAsync(int units)
    {
        var made = await shop.AskAsync(
            Askers.Guest,
            $$"""mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) { cart { id } } }"""
        );
        return Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
    }

    /// <summary>Types a code, or takes it back.</summary>
    public async Task<JsonElement> TypeAsync(string cart, string code, string field = "cartCodeAdd")
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            $$"""
            mutation($input: CartCodeInput!) {
              {{field}}(input: $input) { cart { version codes {{Costs}} } {{Problems}} }
            }
            """,
            new { input = new { cartId = cart, code } }
        );
        return answer.GetProperty(field);
    }

    public async Task<JsonElement> SeenAsync(string cart) =>
        (
            await shop.AskAsync(
                Askers.Guest,
                $$"""{ cart(id: "{{cart}}") { codes {{Costs}} {{Problems}} } }"""
            )
        ).GetProperty("cart");

    public async Task<JsonElement> PlaceAsync(
        string cart,
        string? ifTotal = null,
        string email = "ada@example.org",
        ClaimsPrincipal? customer = null
    )
    {
        var input = new
        {
            idempotencyKey = Guid.CreateVersion7(),
            cartId = cart,
            email,
            ifTotal = ifTotal is null ? null : new { amount = ifTotal, currencyCode = "GBP" },
            shippingAddress = new
            {
                name = "Ada",
                line1 = "1 Hill",
                city = "London",
                postalCode = "N1",
                countryCode = "GB",
            },
        };
        var answer = await shop.AskAsync(customer ?? Askers.Guest, Place, new { input });
        return answer.GetProperty("orderPlace");
    }

    public static string Json(JsonElement json) => JsonSerializer.Serialize(json);

    public static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;

    /// <summary>What a cart or an order costs in all.</summary>
    public static string Total(JsonElement of) => Text(of.GetProperty("cost").GetProperty("total"), "amount");
}
