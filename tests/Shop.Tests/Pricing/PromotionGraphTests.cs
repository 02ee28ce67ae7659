using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Snapshooter.Xunit3;

namespace Shop.Tests.Pricing;

/// <summary>From a promotion that staff plans to a discount that a customer is charged by. A tea pot costs 4.25.</summary>
public sealed class PromotionGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Quoted =
        "cost { subtotal { amount } discount { amount } total { amount } promotions { promotion { title } isApplied amount { amount } reason missing { amount } missingUnits lostTo { title } } } "
        + "lines { discounts { promotion { title } amount { amount } stage } }";
    private const string Save = """
        mutation($key: UUID!, $id: ID, $version: Int, $promotion: PromotionInput!) {
          promotionSave(input: {idempotencyKey: $key, id: $id, ifVersion: $version, promotion: $promotion}) {
            replayed promotion { id version } problems { code field }
          }
        }
        """;
    private const string Place = $$"""
        mutation($key: UUID!, $cart: ID!) {
          orderPlace(input: {
            idempotencyKey: $key, cartId: $cart, email: "ada@example.org"
            shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
          }) { accessKey order { id {{Quoted}} } problems { code } }
        }
        """;
    private const string Rules = """
        title stage priority group pick alone isAdvertised startsAt endsAt pausedAt
        action { buyGet { buy { ...goods } buyUnits get { ...goods } getUnits percent times spread } }
        when {
          and {
            or { subtotal { gte { amount currencyCode } of { ...goods } measured } units { gte } }
            not { destination { countries } }
            customer { signedIn }
          }
        }
        """;
    private const string Goods =
        "fragment goods on ItemsRule { any { tags brands products variants categories } except { tags } notReduced }";

    private const string TeaForTwo = """
        {
          "title": "Tea for two", "priority": 3, "group": "tea", "pick": "FIRST", "alone": true,
          "startsAt": "2026-04-01T00:00:00Z", "endsAt": "2026-05-01T00:00:00Z",
          "action": {"buyGet": {
            "buy": {"any": [{"tags": ["Tea"]}, {"brands": ["Assam"]}], "notReduced": true}, "buyUnits": 2,
            "get": {"except": [{"tags": ["pot"]}]}, "getUnits": 1, "percent": "12.5", "spread": "OVER_ALL"
          }},
          "when": {"and": [
            {"or": [
              {"subtotal": {"gte": [{"amount": "10.5", "currencyCode": "GBP"}], "measured": "BEFORE_DISCOUNTS"}},
              {"units": {"gte": 3}}
            ]},
            {"not": {"destination": {"countries": ["FR"]}}},
            {"customer": {"signedIn": true}}
          ]}
        }
        """;

    private static readonly ClaimsPrincipal _merchant = Askers.Staff(StaffRole.Pricing);

    private readonly List<string> _saved = [];

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    /// <summary>The tests of this class are quoted by no promotion of each other's.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in _saved)
        {
            await SaveAsync(Percent("10", pausedAt: "2026-01-01T00:00:00Z"), id);
        }
    }

    [Fact]
    public async Task A_cart_is_quoted_by_a_promotion_as_soon_as_it_is_saved_and_the_order_keeps_what_it_was_promised()
    {
        var cart = await CartAsync(units: 4);
        Assert.Equal("17.00", Total(await QuotedAsync(cart)));

        var sale = await SavedAsync(Percent("10"));
        var quoted = await QuotedAsync(cart);
        var placed = await PlacedAsync(cart);
        await SaveAsync(Percent("50"), sale);
        var kept = await OrderAsync(placed);

        Assert.Equal(("17.00", "1.70", "15.30"), Sums(quoted));
        Assert.Equal(
            """[{"promotion":{"title":"Sale"},"amount":{"amount":"1.70"},"stage":"LINES"}]""",
            Json(quoted.GetProperty("lines")[0].GetProperty("discounts"))
        );
        Assert.Equal(
            """[{"promotion":{"title":"Sale"},"isApplied":true,"amount":{"amount":"1.70"},"reason":null,"missing":null,"missingUnits":null,"lostTo":null}]""",
            Json(quoted.GetProperty("cost").GetProperty("promotions"))
        );
        Assert.Equal(Shown(quoted), Shown(placed.GetProperty("order")));
        Assert.Equal(Shown(quoted), Shown(kept));
    }

    [Fact]
    public async Task An_advertised_promotion_says_what_is_missing_and_another_one_nothing()
    {
        await SavedAsync(Percent("10", gte: "20", isAdvertised: true));
        await SavedAsync(Percent("20", gte: "30"));

        var outcome = Assert.Single(
            (await QuotedAsync(await CartAsync(units: 4)))
                .GetProperty("cost")
                .GetProperty("promotions")
                .EnumerateArray()
        );

        Assert.False(outcome.GetProperty("isApplied").GetBoolean());
        Assert.Equal("SUBTOTAL", outcome.GetProperty("reason").GetString());
        Assert.Equal("3.00", outcome.GetProperty("missing").GetProperty("amount").GetString());
    }

    [Theory]
    [InlineData("categories", false)]
    [InlineData("products", true)]
    [InlineData("variants", true)]
    public async Task Goods_are_selected_by_what_the_catalogue_says_of_them(string kind, bool isMeant)
    {
        var pot = (
            await shop.AskJsonAsync("""{ productVariant(by: {sku: "TEAPOT"}) { id product { id } } }""")
        ).GetProperty("productVariant");
        var id = kind switch
        {
            "products" => Text(pot.GetProperty("product"), "id"),
            "variants" => Text(pot, "id"),
            _ => $"{GlobalId.Of(new CategoryId(1))}",
        };
        var cart = await CartAsync(units: 1);
        await SavedAsync(
            new
            {
                title = "Sale",
                action = new
                {
                    linesPercent = new
                    {
                        percent = "100",
                        of = new { any = new[] { new Dictionary<string, string[]> { [kind] = [id] } } },
                    },
                },
            }
        );

        var quoted = await QuotedAsync(cart);
        var placed = (await PlacedAsync(cart)).GetProperty("order");

        Assert.Equal(isMeant ? "0.00" : "4.25", Total(quoted));
        Assert.Equal(Shown(quoted), Shown(placed));
    }

    [Fact]
    public async Task What_staff_has_written_is_what_they_read()
    {
        var id = await SavedAsync(JsonSerializer.Deserialize<JsonElement>(TeaForTwo));

        var read = await shop.AskAsync(
            _merchant,
            $"query($id: ID!) {{ node(id: $id) {{ ... on Promotion {{ {Rules} }} }} }} {Goods}",
            new { id }
        );
        var listed = await shop.AskAsync(
            _merchant,
            $"{{ promotions(first: 1) {{ nodes {{ {Rules} }} }} }} {Goods}"
        );

        var rules = Json(read.GetProperty("node"));
        Snapshot.Match(rules);
        Assert.Equal(rules, Json(listed.GetProperty("promotions").GetProperty("nodes")[0]));
    }

    [Fact]
    public async Task What_no_promotion_can_be_is_refused_at_its_place()
    {
        var refused = await SaveAsync(Percent("100.5"));
        var clash = await SaveAsync(Percent("10"), await SavedAsync(Percent("10")), version: 7);
        var unknown = await SaveAsync(Percent("10"), $"{GlobalId.Of(new PromotionId(1))}");

        Assert.Equal(
            """[{"code":"INVALID_INPUT","field":["promotion","action"]}]""",
            Json(refused.GetProperty("problems"))
        );
        Assert.Equal("VERSION_CONFLICT", Text(clash.GetProperty("problems")[0], "code"));
        Assert.Equal("NOT_FOUND", Text(unknown.GetProperty("problems")[0], "code"));
    }

    [Fact]
    public async Task An_amount_that_its_currency_cannot_have_is_refused()
    {
        var variables = new
        {
            key = Guid.CreateVersion7(),
            promotion = new
            {
                title = "Sale",
                action = new
                {
                    orderAmount = new { amounts = new[] { new { amount = "1.234", currencyCode = "GBP" } } },
                },
            },
        };

        Assert.Equal(ErrorCode.ValidationFailed, await shop.ErrorAsync(_merchant, Save, variables));
    }

    [Fact]
    public async Task A_preview_is_what_the_order_will_cost_and_a_promotion_is_tried_before_it_is_saved()
    {
        var running = await SavedAsync(Percent("10"));
        var today = await PreviewAsync(new { });
        var tried = await PreviewAsync(new { promotion = Percent("50"), insteadOf = running });
        var both = await PreviewAsync(new { promotion = Percent("50") });
        var placed = (await PlacedAsync(await CartAsync(units: 4))).GetProperty("order");

        Assert.Equal(Shown(placed), Shown(today));
        Assert.Equal(("17.00", "8.50", "8.50"), Sums(tried));
        Assert.Equal(("17.00", "9.35", "7.65"), Sums(both));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_cart_of_any_size_is_quoted_in_the_same_number_of_statements(int lines)
    {
        await shop.ImportAsync(
            "sku,product_code,title,list_price_gbp,units_sold,first_sold_on\n"
                + string.Concat(
                    Enumerable.Range(1, 200).Select(n => $"TIN{n},TIN{n},Tin {n},1.00,1,2011-01-01\n")
                ),
            _ => 10
        );
        await shop.ReplicaCaughtUpAsync();
        await SavedAsync(Percent("10"));
        var input = string.Join(
            ", ",
            Enumerable.Range(1, lines).Select(n => $"{{variant: {{sku: \"TIN{n}\"}}, quantity: 1}}")
        );
        var made = await shop.AskJsonAsync(
            $"mutation {{ cartCreate(input: {{lines: [{input}]}}) {{ cart {{ id }} }} }}"
        );
        var cart = Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
        await QuotedAsync(cart);

        await shop.ReplicaShowsAllAsync();
        using var count = SqlCount.Start();
        var quoted = await QuotedAsync(cart);

        Assert.Equal(lines, quoted.GetProperty("lines").GetArrayLength());
        // Of goods; the SKUs themselves are kept by now.
        Assert.Single(count.Statements);
    }

    private static object Percent(
        string percent,
        string? gte = null,
        bool isAdvertised = false,
        string? pausedAt = null
    ) =>
        new
        {
            title = "Sale",
            isAdvertised,
            pausedAt,
            action = new { linesPercent = new { percent } },
            when = gte is null
                ? null
                : new { subtotal = new { gte = new[] { new { amount = gte, currencyCode = "GBP" } } } },
        };

    private static string Json(JsonElement json) => JsonSerializer.Serialize(json);

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;

    private static string Total(JsonElement quoted) => Sums(quoted).Total;

    private static (string Subtotal, string Discount, string Total) Sums(JsonElement quoted) =>
        (Amount(quoted, "subtotal"), Amount(quoted, "discount"), Amount(quoted, "total"));

    private static string Amount(JsonElement quoted, string field) =>
        Text(quoted.GetProperty("cost").GetProperty(field), "amount");

    private static string Shown(JsonElement quoted) =>
        Json(quoted.GetProperty("cost")) + Json(quoted.GetProperty("lines"));

    private async Task<string> CartAsync(int units)
    {
        var made = await shop.AskJsonAsync(
            $$"""mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) { cart { id } } }"""
        );
        return Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
    }

    private async Task<JsonElement> QuotedAsync(string cart) =>
        (await shop.AskJsonAsync($$"""{ cart(id: "{{cart}}") { {{Quoted}} } }""")).GetProperty("cart");

    private async Task<JsonElement> PlacedAsync(string cart)
    {
        var placed = (await shop.AskJsonAsync(Place, new { key = Guid.CreateVersion7(), cart })).GetProperty(
            "orderPlace"
        );
        Assert.Equal("[]", Json(placed.GetProperty("problems")));
        return placed;
    }

    private async Task<JsonElement> OrderAsync(JsonElement placed) =>
        (
            await shop.AskJsonAsync(
                $$"""query($id: ID!, $key: String) { order(by: {id: $id}, accessKey: $key) { {{Quoted}} } }""",
                new { id = Text(placed.GetProperty("order"), "id"), key = Text(placed, "accessKey") }
            )
        ).GetProperty("order");

    private async Task<JsonElement> PreviewAsync(object with)
    {
        var input = JsonSerializer.SerializeToNode(with)!.AsObject();
        input["lines"] = JsonSerializer.SerializeToNode(
            new[] { new { variant = new { sku = "TEAPOT" }, quantity = 4 } }
        );
        var previewed = await shop.AskAsync(
            _merchant,
            $$"""mutation($input: QuotePreviewInput!) { quotePreview(input: $input) { {{Quoted}} problems { code } } }""",
            new { input }
        );
        return previewed.GetProperty("quotePreview");
    }

    private async Task<string> SavedAsync(object promotion)
    {
        var saved = await SaveAsync(promotion);
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        var id = Text(saved.GetProperty("promotion"), "id");
        _saved.Add(id);
        return id;
    }

    private async Task<JsonElement> SaveAsync(object promotion, string? id = null, int? version = null) =>
        (
            await shop.AskAsync(
                _merchant,
                Save,
                new
                {
                    key = Guid.CreateVersion7(),
                    id,
                    version,
                    promotion,
                }
            )
        ).GetProperty("promotionSave");
}
