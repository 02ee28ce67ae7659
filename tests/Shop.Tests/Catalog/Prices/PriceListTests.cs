using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Access;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Prices;

/// <summary>From a price that staff sets to one that a customer pays. A tea pot costs 4.25 by itself.</summary>
public sealed class PriceListTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Save = """
        mutation($key: UUID!, $id: ID, $version: Int, $list: PriceListInput!) {
          priceListSave(input: {idempotencyKey: $key, id: $id, ifVersion: $version, priceList: $list}) {
            replayed priceList { id version customerGroup } problems { code field }
          }
        }
        """;
    private const string Set = """
        mutation($key: UUID!, $list: ID!, $version: Int, $prices: [ListPriceInput!]!) {
          priceListPricesSet(input: {idempotencyKey: $key, priceListId: $list, ifVersion: $version, prices: $prices}) {
            replayed
            priceList {
              version
              prices(first: 10) { nodes { variant { sku } minUnits price { amount currencyCode } compareAtPrice { amount } } }
            }
            problems { code field }
          }
        }
        """;
    private const string Line =
        "lines { quantity unitPrice { amount } total { amount } problems { code } } cost { total { amount } }";
    private const string Place = """
        mutation($key: UUID!, $cart: ID!) {
          orderPlace(input: {
            idempotencyKey: $key, cartId: $cart, email: "ada@example.org"
            shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
          }) { order { lines { unitPrice { amount } } cost { total { amount } } } problems { code } }
        }
        """;

    private static readonly ClaimsPrincipal _merchant = Askers.Staff(StaffRole.Pricing);
    private static readonly ClaimsPrincipal _trader = InGroup("trade");

    private readonly List<string> _saved = [];

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    /// <summary>The tests of this class do not go by each other's lists.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in _saved)
        {
            await SaveAsync(List(endsAt: "2020-01-01T00:00:00Z"), id);
        }
    }

    [Fact]
    public async Task A_price_counts_on_pages_in_carts_and_in_orders_as_soon_as_it_is_set()
    {
        await SetAsync(await SavedAsync(List()), Price("3.95", compareAt: "4.50"));

        var shown = await ShownAsync(Askers.Guest);
        var cart = await CartAsync(units: 2);
        var placed = await PlacedAsync(cart);

        Assert.Equal(("3.95", "4.50"), shown);
        Assert.Equal(
            """{"lines":[{"unitPrice":{"amount":"3.95"}}],"cost":{"total":{"amount":"7.90"}}}""",
            Json(placed.GetProperty("order"))
        );
    }

    [Fact]
    public async Task More_units_cost_less_each_and_what_is_added_to_a_line_counts_with_what_is_there()
    {
        await SetAsync(await SavedAsync(List()), Price("4.00", minUnits: 5), Price("3.50", minUnits: 10));
        var cart = await CartAsync(units: 4);
        Assert.Equal(("4.25", "17.00"), await LineAsync(cart));

        await ChangeAsync(
            $$"""cartLinesAdd(input: {cartId: "{{cart}}", lines: [{variant: {sku: "TEAPOT"}, quantity: 1}]})"""
        );
        Assert.Equal(("4.00", "20.00"), await LineAsync(cart));
        var line = (await shop.AskJsonAsync($$"""{ cart(id: "{{cart}}") { lines { id } } }"""))
            .GetProperty("cart")
            .GetProperty("lines")[0];
        await ChangeAsync(
            $$"""cartLinesUpdate(input: {cartId: "{{cart}}", lines: [{lineId: "{{Text(line, "id")}}", quantity: 10}]})"""
        );
        Assert.Equal(("3.50", "35.00"), await LineAsync(cart));

        // The page tells what one costs.
        Assert.Equal(("4.25", null), await ShownAsync(Askers.Guest));
        Assert.Equal(
            "35.00",
            Text(
                (await PlacedAsync(cart)).GetProperty("order").GetProperty("cost").GetProperty("total"),
                "amount"
            )
        );
    }

    [Fact]
    public async Task A_customer_pays_the_price_they_saw_or_is_asked_again()
    {
        var list = await SavedAsync(List());
        await SetAsync(list, Price("3.95"));
        var cart = await CartAsync(units: 1);
        await SetAsync(list, Price("4.10"));

        var refused = (await shop.AskJsonAsync(Place, new { key = Guid.CreateVersion7(), cart })).GetProperty(
            "orderPlace"
        );

        Assert.Equal("""[{"code":"PRICE_CHANGED"}]""", Json(refused.GetProperty("problems")));
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("order").ValueKind);
    }

    [Fact]
    public async Task A_groups_price_is_for_its_customers_alone()
    {
        await SetAsync(await SavedAsync(List(group: " Trade ")), Price("2.00"));

        Assert.Equal(("2.00", null), await ShownAsync(_trader));
        Assert.Equal(("4.25", null), await ShownAsync(InGroup("friends")));
        Assert.Equal(("4.25", null), await ShownAsync(Askers.Guest));
        var cart = await CartAsync(units: 3, _trader);
        Assert.Equal(("2.00", "6.00"), await LineAsync(cart, _trader));
        // Who has the cart without being in the group is asked again.
        Assert.Equal(("4.25", "12.75"), await LineAsync(cart));
        var placed = await shop.AskAsync(_trader, Place, new { key = Guid.CreateVersion7(), cart });
        Assert.Equal("[]", Json(placed.GetProperty("orderPlace").GetProperty("problems")));
    }

    [Fact]
    public async Task A_preview_goes_by_the_prices_of_its_group_and_moment()
    {
        await SetAsync(
            await SavedAsync(List(group: "trade", startsAt: "2030-01-01T00:00:00Z")),
            Price("2.00")
        );

        Assert.Equal("4.25", await PreviewAsync(""));
        Assert.Equal("4.25", await PreviewAsync("customerGroups: [\"trade\"]"));
        Assert.Equal("4.25", await PreviewAsync("at: \"2030-01-01T00:00:00Z\""));
        Assert.Equal("2.00", await PreviewAsync("customerGroups: [\"trade\"], at: \"2030-01-01T00:00:00Z\""));
    }

    [Fact]
    public async Task Staff_is_told_why_a_price_is_charged()
    {
        await SetAsync(await SavedAsync(List(group: "trade")), Price("2.00"));
        await SetAsync(await SavedAsync(List(priority: 200)), Price("3.00"), Price("1.00", minUnits: 5));

        var trace = await shop.AskAsync(
            _merchant,
            """
            {
              guest: priceTrace(variant: {sku: "TEAPOT"}) { ...losses }
              trader: priceTrace(variant: {sku: "TEAPOT"}, context: {customerGroups: ["trade"], quantity: 5}) { ...losses }
              nobody: priceTrace(variant: {sku: "NONE"}) { minUnits }
            }
            fragment losses on TracedPrice { price { amount } minUnits loss priceList { title } }
            """
        );

        Assert.Equal(
            [("3.00", null), ("4.25", "OUTRANKED"), ("1.00", "TOO_FEW_UNITS"), ("2.00", "GROUP")],
            Losses(trace.GetProperty("guest"))
        );
        Assert.Equal(
            [("2.00", null), ("1.00", "OUTRANKED"), ("3.00", "OUTRANKED"), ("4.25", "OUTRANKED")],
            Losses(trace.GetProperty("trader"))
        );
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("nobody").ValueKind);
    }

    [Fact]
    public async Task The_same_key_does_it_once_and_another_input_is_a_conflict()
    {
        var key = Guid.CreateVersion7();
        var list = await SavedAsync(List());

        var first = await SetAsync(list, key, Price("3.95"));
        var again = await SetAsync(list, key, Price("3.95"));
        var other = await SetAsync(list, key, Price("3.96"));

        Assert.Equal((false, 2), (Replayed(first), Version(first)));
        Assert.Equal((true, 2), (Replayed(again), Version(again)));
        Assert.Equal("IDEMPOTENCY_CONFLICT", Text(other.GetProperty("problems")[0], "code"));
    }

    [Fact]
    public async Task A_price_that_is_null_is_taken_out_and_what_is_not_named_stays()
    {
        var list = await SavedAsync(List());
        await SetAsync(list, Price("3.95"), Price("3.00", minUnits: 5));

        var left = await SetAsync(list, Price(null));

        Assert.Equal(
            """[{"variant":{"sku":"TEAPOT"},"minUnits":5,"price":{"amount":"3.00","currencyCode":"GBP"},"compareAtPrice":null}]""",
            Json(left.GetProperty("priceList").GetProperty("prices").GetProperty("nodes"))
        );
    }

    [Fact]
    public async Task What_no_list_and_no_price_can_be_is_refused_at_its_place_and_nothing_is_saved()
    {
        var list = await SavedAsync(List());

        Assert.Equal(
            """[{"code":"INVALID_INPUT","field":["priceList","currencyCode"]}]""",
            Json((await SaveAsync(new { title = "No", currencyCode = "EUR" }, list)).GetProperty("problems"))
        );
        Assert.Equal(
            "VERSION_CONFLICT",
            Text((await SaveAsync(List(), list, version: 7)).GetProperty("problems")[0], "code")
        );
        var refused = await SetAsync(
            list,
            Price("3.95"),
            Price("0"),
            Price("1.234", minUnits: 2),
            Price("1", minUnits: 3, compareAt: "1"),
            Price("1", minUnits: 0)
        );
        Assert.Equal(
            [
                "prices.1.variant",
                "prices.1.price",
                "prices.2.price",
                "prices.3.compareAtPrice",
                "prices.4.minUnits",
            ],
            refused
                .GetProperty("problems")
                .EnumerateArray()
                .Select(problem =>
                    string.Join(
                        '.',
                        problem.GetProperty("field").EnumerateArray().Select(part => part.GetString())
                    )
                )
        );
        Assert.Equal(("4.25", null), await ShownAsync(Askers.Guest));
    }

    [Fact]
    public async Task Who_changed_which_price_is_in_the_audit_trail_and_what_stayed_is_not()
    {
        var list = await SavedAsync(List());
        await SetAsync(list, Price("3.95"));
        await SetAsync(list, Price("3.95"), Price("3.00", minUnits: 5));
        await SetAsync(list, Price("3.85"));

        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        var trail = await db
            .Audit.Where(entry => entry.Action == "priceListPricesSet")
            .OrderByDescending(entry => entry.Id)
            .Take(3)
            .ToListAsync();

        Assert.All(
            trail,
            entry => Assert.Equal((7, "ProductVariant"), (entry.ActorId.Value, entry.SubjectKind))
        );
        Assert.Equal(("3.95 GBP", "3.85 GBP"), (Told(trail[0].Before), Told(trail[0].After)));
        Assert.Equal((null, "3.00 GBP"), (Told(trail[1].Before), Told(trail[1].After)));
        Assert.Equal((null, "3.95 GBP"), (Told(trail[2].Before), Told(trail[2].After)));
    }

    [Fact]
    public async Task However_many_prices_are_set_the_statements_are_as_many()
    {
        var counts = new List<int>();
        foreach (var prices in new[] { 1, 200 })
        {
            var list = await SavedAsync(List());
            var tiers = Enumerable.Range(1, prices).Select(units => Price("3.95", minUnits: units)).ToArray();
            using var count = SqlCount.Start();
            Assert.Equal("[]", Json((await SetAsync(list, tiers)).GetProperty("problems")));
            counts.Add(count.Statements.Count);
        }

        Assert.Equal(counts[0], counts[1]);
    }

    private static ClaimsPrincipal InGroup(string group) =>
        new(
            new ClaimsIdentity(
                [new(ClaimTypes.Name, "8"), new Claim(Asker.GroupClaim, group)],
                authenticationType: "Test"
            )
        );

    private static object List(
        string? group = null,
        int? priority = null,
        string? startsAt = null,
        string? endsAt = null
    ) =>
        new
        {
            title = "Spring",
            currencyCode = "GBP",
            customerGroup = group,
            priority,
            startsAt,
            endsAt,
        };

    private static object Price(string? price, int minUnits = 1, string? compareAt = null) =>
        new
        {
            variant = new { sku = "TEAPOT" },
            price,
            minUnits,
            compareAtPrice = compareAt,
        };

    private static string Json(JsonElement json) => JsonSerializer.Serialize(json);

    private static string Text(JsonElement json, string field) => json.GetProperty(field).GetString()!;

    private static bool Replayed(JsonElement payload) => payload.GetProperty("replayed").GetBoolean();

    private static int Version(JsonElement payload) =>
        payload.GetProperty("priceList").GetProperty("version").GetInt32();

    private static string? Told(string? state) =>
        state is null
            ? null
            : JsonSerializer.Deserialize<JsonElement>(state).GetProperty("price").GetString();

    private static IEnumerable<(string Price, string? Loss)> Losses(JsonElement trace) =>
        trace
            .EnumerateArray()
            .Select(one => (Text(one.GetProperty("price"), "amount"), one.GetProperty("loss").GetString()));

    private async Task<(string Price, string? CompareAt)> ShownAsync(ClaimsPrincipal asker)
    {
        var variant = (
            await shop.AskAsync(
                asker,
                """{ productVariant(by: {sku: "TEAPOT"}) { price { amount } compareAtPrice { amount } } }""",
                audience: Audience.Shoppers
            )
        ).GetProperty("productVariant");
        return (
            Text(variant.GetProperty("price"), "amount"),
            variant.GetProperty("compareAtPrice") is { ValueKind: JsonValueKind.Object } before
                ? Text(before, "amount")
                : null
        );
    }

    private async Task<string> CartAsync(int units, ClaimsPrincipal? asker = null)
    {
        var made = await shop.AskAsync(
            asker ?? Askers.Guest,
            $$"""mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) { cart { id } } }"""
        );
        return Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
    }

    private async Task ChangeAsync(string mutation)
    {
        var changed = await shop.AskJsonAsync($"mutation {{ change: {mutation} {{ problems {{ code }} }} }}");
        Assert.Equal("[]", Json(changed.GetProperty("change").GetProperty("problems")));
    }

    private async Task<(string UnitPrice, string Total)> LineAsync(string cart, ClaimsPrincipal? asker = null)
    {
        var line = (await shop.AskAsync(asker ?? Askers.Guest, $$"""{ cart(id: "{{cart}}") { {{Line}} } }"""))
            .GetProperty("cart")
            .GetProperty("lines")[0];
        return (Text(line.GetProperty("unitPrice"), "amount"), Text(line.GetProperty("total"), "amount"));
    }

    private async Task<JsonElement> PlacedAsync(string cart)
    {
        var placed = (await shop.AskJsonAsync(Place, new { key = Guid.CreateVersion7(), cart })).GetProperty(
            "orderPlace"
        );
        Assert.Equal("[]", Json(placed.GetProperty("problems")));
        return placed;
    }

    private async Task<string> PreviewAsync(string more)
    {
        var previewed = await shop.AskAsync(
            _merchant,
            $$"""mutation { quotePreview(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: 1}] {{more}}}) { cost { total { amount } } } }"""
        );
        return Text(previewed.GetProperty("quotePreview").GetProperty("cost").GetProperty("total"), "amount");
    }

    private async Task<string> SavedAsync(object list)
    {
        var saved = await SaveAsync(list);
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        var id = Text(saved.GetProperty("priceList"), "id");
        _saved.Add(id);
        return id;
    }

    private async Task<JsonElement> SaveAsync(object list, string? id = null, int? version = null) =>
        (
            await shop.AskAsync(
                _merchant,
                Save,
                new
                {
                    key = Guid.CreateVersion7(),
                    id,
                    version,
                    list,
                }
            )
        ).GetProperty("priceListSave");

    private Task<JsonElement> SetAsync(string list, params object[] prices) =>
        SetAsync(list, Guid.CreateVersion7(), prices);

    private async Task<JsonElement> SetAsync(string list, Guid key, params object[] prices)
    {
        var set = await shop.AskAsync(
            _merchant,
            Set,
            new
            {
                key,
                list,
                prices,
            }
        );
        // Carts are read from a replica.
        await shop.ReplicaCaughtUpAsync();
        return set.GetProperty("priceListPricesSet");
    }
}
