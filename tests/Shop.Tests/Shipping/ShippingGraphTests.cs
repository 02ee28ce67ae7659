using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Pricing;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Shipping;

/// <summary>
/// A shop that ships tea pots at 4.25, a kilogram each: standard for 3.00 to Britain and 9.00 to Ireland, and express for 7.00 to Britain
/// from two pots on. By GraphQL.
/// </summary>
public sealed class ShippingGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Shown = """
        version shippingOption { id title isAvailable price { amount } }
        shippingOptions { title carrier price { amount } due { gross { amount } tax { amount } } minDays maxDays isAvailable }
        cost { shipping { amount } discount { amount } total { amount } isEstimated shippingDiscounts { amount { amount } } }
        problems { code ... on ShippingUnavailable { optionId } }
        """;

    private static readonly ClaimsPrincipal _merchant = Askers.Staff(StaffRole.Pricing);

    private readonly Counter _counter = new(shop);
    private readonly List<(string Id, object Method)> _methods = [];
    private string _britain = "";
    private string _ireland = "";
    private string _standard = "";
    private string _express = "";

    public async ValueTask InitializeAsync()
    {
        await TeaPots.StockAsync(shop, units: 1000);
        _britain = await ZoneAsync("Britain", "GB");
        _ireland = await ZoneAsync("Ireland", "IE");
        _standard = await MethodAsync(Standard());
        _express = await MethodAsync(
            new
            {
                title = "Express",
                carrier = "Royal Mail",
                minDays = 1,
                maxDays = 2,
                isActive = true,
                by = "UNITS",
                when = new { units = new { gte = 2 } },
                rates = new[] { Rate(_britain, "7.00") },
            }
        );
    }

    // No other test ships in these ways.
    public async ValueTask DisposeAsync()
    {
        foreach (var (id, _) in _methods)
        {
            await MethodAsync(Standard(isActive: false), id);
        }

        await _counter.CloseAsync();
    }

    [Fact]
    public async Task A_cart_tells_how_it_can_go_and_for_how_much_as_soon_as_it_is_known_where()
    {
        var cart = await _counter.CartAsync(units: 1);

        var before = await SeenAsync(cart);
        await ToAsync(cart, "GB");
        var one = await SeenAsync(cart);
        var two = await _counter.CartAsync(units: 2);
        await ToAsync(two, "GB");
        await ToAsync(cart, "IE");
        var ireland = await SeenAsync(cart);
        await ToAsync(cart, "NL");
        var nowhere = await SeenAsync(cart);

        Assert.Equal("Standard null false, Express null false", Options(before));
        Assert.True(before.GetProperty("cost").GetProperty("isEstimated").GetBoolean());
        Assert.Equal("Standard 3.00 true, Express null false", Options(one));
        Assert.False(one.GetProperty("cost").GetProperty("isEstimated").GetBoolean());
        Assert.Equal("Standard 3.00 true, Express 7.00 true", Options(await SeenAsync(two)));
        Assert.Equal("Standard 9.00 true", Options(ireland));
        Assert.Equal("", Options(nowhere));
        Assert.Equal("0.00", Cost(one, "shipping"));
    }

    [Fact]
    public async Task What_is_chosen_is_in_the_cost_and_an_order_keeps_it()
    {
        var cart = await _counter.CartAsync(units: 2);
        await ToAsync(cart, "GB");

        var chosen = await SelectAsync(cart, _express);
        var order = (await PlaceAsync(cart, "15.50")).GetProperty("order");
        await MethodAsync(Standard(), _express);
        var read = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            $$"""{ order(by: {id: "{{Text(order, "id")}}"}) { {{OrderShown}} } }"""
        );

        Assert.Equal(("7.00", "15.50"), (Cost(chosen, "shipping"), Cost(chosen, "total")));
        Assert.Equal("Express", Text(chosen.GetProperty("shippingOption"), "title"));
        Assert.Equal("[]", Json(chosen.GetProperty("problems")));
        Assert.Equal(
            $$$"""{"id":"{{{_express}}}","title":"Express","carrier":"Royal Mail","price":{"amount":"7.00"},"due":{"gross":{"amount":"7.00"}},"minDays":1,"maxDays":2}""",
            Json(order.GetProperty("shippingOption"))
        );
        Assert.Equal(("7.00", "15.50"), (Cost(order, "shipping"), Cost(order, "total")));
        Assert.Equal(Json(order), Json(read.GetProperty("order")));
    }

    [Fact]
    public async Task Nothing_is_ordered_as_long_as_it_is_not_chosen_how_it_goes()
    {
        var cart = await _counter.CartAsync(units: 1);

        var refused = await PlaceAsync(cart);
        await SelectAsync(cart, _standard);
        var placed = await PlaceAsync(cart);

        Assert.Equal(
            """[{"code":"SHIPPING_NEEDED","field":["cartId"]}]""",
            Json(refused.GetProperty("problems"))
        );
        Assert.Equal("7.25", Cost(placed.GetProperty("order"), "total"));
    }

    [Fact]
    public async Task What_does_not_fit_any_more_is_told_and_kept()
    {
        var cart = await _counter.CartAsync(units: 1);
        await SelectAsync(cart, _express);

        await ToAsync(cart, "GB");
        var seen = await SeenAsync(cart);
        var refused = await PlaceAsync(cart);
        var taken = await SelectAsync(cart, null);

        Assert.Equal(
            $$"""[{"code":"SHIPPING_UNAVAILABLE","optionId":"{{_express}}"}]""",
            Json(seen.GetProperty("problems"))
        );
        Assert.Equal(
            ("Express", false),
            (
                Text(seen.GetProperty("shippingOption"), "title"),
                seen.GetProperty("shippingOption").GetProperty("isAvailable").GetBoolean()
            )
        );
        Assert.Equal("0.00", Cost(seen, "shipping"));
        Assert.Equal(
            """[{"code":"SHIPPING_UNAVAILABLE","field":["cartId"]}]""",
            Json(refused.GetProperty("problems"))
        );
        Assert.Equal(JsonValueKind.Null, taken.GetProperty("shippingOption").ValueKind);
        Assert.Equal("[]", Json(taken.GetProperty("problems")));
    }

    [Fact]
    public async Task Where_the_address_is_elsewhere_it_rules()
    {
        var cart = await _counter.CartAsync(units: 1);
        await ToAsync(cart, "IE");
        var seen = await SelectAsync(cart, _standard);

        var refused = await PlaceAsync(cart, Cost(seen, "total"));
        var placed = await PlaceAsync(cart, "7.25");

        Assert.Equal("13.25", Cost(seen, "total"));
        Assert.Equal(
            """[{"code":"TOTAL_CHANGED","field":["ifTotal"]}]""",
            Json(refused.GetProperty("problems"))
        );
        Assert.Equal("7.25", Cost(placed.GetProperty("order"), "total"));
    }

    [Fact]
    public async Task What_need_not_be_shipped_is_ordered_without()
    {
        var sku = $"{Guid.NewGuid()}";
        await shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            $$"""
            mutation {
              productSave(input: {
                idempotencyKey: "{{Guid.CreateVersion7()}}", title: "A manual", status: ACTIVE
                variants: [{sku: "{{sku}}", price: "4.50", requiresShipping: false, weightGrams: 3}]
              }) { problems { message } }
            }
            """
        );
        await shop.ReplicaCaughtUpAsync();
        var made = await shop.AskAsync(
            Askers.Guest,
            $$"""
            mutation {
              cartCreate(input: {lines: [{variant: {sku: "{{sku}}"}, quantity: 1}]}) {
                cart { id lines { variant { requiresShipping weightGrams } } }
              }
            }
            """
        );
        var cart = made.GetProperty("cartCreate").GetProperty("cart");

        var placed = await PlaceAsync(Text(cart, "id"));

        Assert.Equal(
            """[{"variant":{"requiresShipping":false,"weightGrams":3}}]""",
            Json(cart.GetProperty("lines"))
        );
        Assert.Equal("4.50", Cost(placed.GetProperty("order"), "total"));
        Assert.Equal(JsonValueKind.Null, placed.GetProperty("order").GetProperty("shippingOption").ValueKind);
    }

    [Fact]
    public async Task Promotions_take_off_from_shipping_by_the_way_that_is_chosen()
    {
        string[] methods = [_standard];
        await _counter.PlanAsync(
            new
            {
                title = "Free standard",
                isAdvertised = true,
                when = new { shipping = new { methods } },
                action = new { shippingPercent = new { percent = "100" } },
            }
        );
        var cart = await _counter.CartAsync(units: 2);
        await ToAsync(cart, "GB");

        var express = await SelectAsync(cart, _express);
        var standard = await SelectAsync(cart, _standard);
        var order = (await PlaceAsync(cart, "8.50")).GetProperty("order");
        var preview = await shop.AskAsync(
            _merchant,
            $$"""
            mutation {
              quotePreview(input: {
                lines: [{variant: {sku: "TEAPOT"}, quantity: 2}], country: "GB", shippingMethod: "{{_standard}}"
              }) { cost { total { amount } shipping { amount } } }
            }
            """
        );

        Assert.Equal(("7.00", "15.50"), (Cost(express, "shipping"), Cost(express, "total")));
        Assert.Equal(("3.00", "8.50"), (Cost(standard, "shipping"), Cost(standard, "total")));
        Assert.Equal(
            """[{"amount":{"amount":"3.00"}}]""",
            Json(standard.GetProperty("cost").GetProperty("shippingDiscounts"))
        );
        Assert.Equal("8.50", Cost(order, "total"));
        Assert.Equal("8.50", Cost(preview.GetProperty("quotePreview"), "total"));
        Assert.Contains(
            "\"gross\":{\"amount\":\"0.00\"}",
            Json(standard.GetProperty("shippingOptions")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_way_is_taxed_by_the_class_that_staff_has_given_it()
    {
        var zone = await TaxAsync(null, "GB", ("standard", "20"), ("post", "0"));
        await MethodAsync(Standard(title: "Post", taxClass: "post"));
        var cart = await _counter.CartAsync(units: 1);
        await ToAsync(cart, "GB");

        var options = Json((await SeenAsync(cart)).GetProperty("shippingOptions"));
        var wrong = await SaveAsync(Standard(taxClass: "Post"), id: null);
        await TaxAsync(zone, "AQ");

        Assert.Contains(
            """
            title":"Post","carrier":null,"price":{"amount":"3.00"},"due":{"gross":{"amount":"3.00"},"tax":{"amount":"0.00"}}
            """,
            options,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            title":"Standard","carrier":null,"price":{"amount":"3.00"},"due":{"gross":{"amount":"3.00"},"tax":{"amount":"0.50"}}
            """,
            options,
            StringComparison.Ordinal
        );
        Assert.Equal(
            """["method","taxClass"]""",
            Json(wrong.GetProperty("problems")[0].GetProperty("field"))
        );
    }

    [Fact]
    public async Task Options_of_a_cart_cost_no_statement_more_the_more_there_are()
    {
        var cart = await _counter.CartAsync(units: 2);
        await ToAsync(cart, "GB");
        await SeenAsync(cart);
        var two = await CountAsync();
        for (var more = 0; more < 10; more++)
        {
            await MethodAsync(Standard());
        }

        await SeenAsync(cart);
        Assert.Equal(two, await CountAsync());

        async Task<int> CountAsync()
        {
            await shop.ReplicaShowsAllAsync();
            using var count = SqlCount.Start();
            await SeenAsync(cart);
            return count.Statements.Count;
        }
    }

    [Fact]
    public async Task A_way_is_saved_once_at_the_version_that_was_seen_and_the_audit_knows()
    {
        var key = Guid.CreateVersion7();
        var once = await SaveAsync(Standard(), id: null, key: key);
        var again = await SaveAsync(Standard(), id: null, key: key);
        var id = Text(once.GetProperty("method"), "id");
        var changed = await SaveAsync(Standard("4.00"), id, ifVersion: 1);
        var late = await SaveAsync(Standard("5.00"), id, ifVersion: 1);
        await SaveAsync(Standard(isActive: false), id);
        await shop.ReplicaCaughtUpAsync();
        var audit = await shop.AskAsync(
            Askers.Staff(StaffRole.Admin),
            $$"""{ auditTrail(where: {subject: "{{id}}"}, first: 5) { nodes { action } } }"""
        );

        Assert.Equal(
            (false, true),
            (once.GetProperty("replayed").GetBoolean(), again.GetProperty("replayed").GetBoolean())
        );
        Assert.Equal(id, Text(again.GetProperty("method"), "id"));
        Assert.Equal(2, changed.GetProperty("method").GetProperty("version").GetInt32());
        Assert.Contains("VERSION_CONFLICT", Json(late), StringComparison.Ordinal);
        Assert.Contains("shippingMethodSave", Json(audit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_the_role_and_shoppers_plan_nothing()
    {
        var answer = await shop.AnswerAsync(
            Askers.Staff(StaffRole.Catalog),
            "{ shippingMethods(first: 1) { nodes { id } } shippingZones(first: 1) { nodes { id } } }"
        );

        Assert.Contains("FORBIDDEN", Json(answer), StringComparison.Ordinal);
    }

    private const string OrderShown =
        "id cost { shipping { amount } total { amount } } shippingOption { id title carrier price { amount } due { gross { amount } } minDays maxDays }";

    private async Task<string> TaxAsync(
        string? id,
        string country,
        params (string TaxClass, string Percent)[] rates
    )
    {
        string[] countries = [country];
        var saved = await _counter.DoAsync(
            "taxZoneSave",
            "TaxZoneSaveInput",
            new
            {
                id,
                title = country,
                countries,
                rates = rates.Select(rate => new
                {
                    taxClass = rate.TaxClass,
                    name = "VAT",
                    percent = rate.Percent,
                }),
            },
            "taxZone { id }"
        );
        return Text(saved.GetProperty("taxZone"), "id");
    }

    private object Standard(
        string price = "3.00",
        bool isActive = true,
        string title = "Standard",
        string? taxClass = null
    ) =>
        new
        {
            title,
            isActive,
            taxClass,
            by = "FLAT",
            rates = new[] { Rate(_britain, price), Rate(_ireland, "9.00") },
        };

    private static object Rate(string zoneId, string amount) =>
        new { zoneId, price = new { amount, currencyCode = "GBP" } };

    private async Task<string> ZoneAsync(string title, string country)
    {
        string[] countries = [country];
        var saved = await _counter.DoAsync(
            "shippingZoneSave",
            "ShippingZoneSaveInput",
            new { zone = new { title, countries } },
            "zone { id countries }"
        );
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        return Text(saved.GetProperty("zone"), "id");
    }

    private async Task<string> MethodAsync(object method, string? id = null)
    {
        var saved = await SaveAsync(method, id);
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        var known = Text(saved.GetProperty("method"), "id");
        if (id is null)
        {
            _methods.Add((known, method));
        }

        return known;
    }

    private Task<JsonElement> SaveAsync(object method, string? id, int? ifVersion = null, Guid? key = null) =>
        _counter.DoAsync(
            "shippingMethodSave",
            "ShippingMethodSaveInput",
            new
            {
                id,
                ifVersion,
                method,
            },
            "replayed method { id version rates { zone { title } price { amount } } }",
            key
        );

    private async Task ToAsync(string cart, string country) =>
        await shop.AskAsync(
            Askers.Guest,
            $$"""mutation { cartDestinationSet(input: {cartId: "{{cart}}", countryCode: "{{country}}"}) { problems { code } } }"""
        );

    private async Task<JsonElement> SelectAsync(string cart, string? option)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            $$"""
            mutation($input: CartShippingInput!) { cartShippingSelect(input: $input) { cart { {{Shown}} } problems { code } } }
            """,
            new { input = new { cartId = cart, shippingOptionId = option } }
        );
        return answer.GetProperty("cartShippingSelect").GetProperty("cart");
    }

    private async Task<JsonElement> SeenAsync(string cart) =>
        (await shop.AskAsync(Askers.Guest, $$"""{ cart(id: "{{cart}}") { {{Shown}} } }""")).GetProperty(
            "cart"
        );

    private async Task<JsonElement> PlaceAsync(string cart, string? ifTotal = null)
    {
        var input = new
        {
            idempotencyKey = Guid.CreateVersion7(),
            cartId = cart,
            email = "ada@example.org",
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
        var answer = await shop.AskAsync(
            Askers.Guest,
            $$"""
            mutation($input: OrderPlaceInput!) {
              orderPlace(input: $input) { order { {{OrderShown}} } problems { code field } }
            }
            """,
            new { input }
        );
        return answer.GetProperty("orderPlace");
    }

    private static string Cost(JsonElement of, string part) =>
        Text(of.GetProperty("cost").GetProperty(part), "amount");

    private static string Options(JsonElement cart) =>
        string.Join(
            ", ",
            cart.GetProperty("shippingOptions")
                .EnumerateArray()
                .Select(option =>
                    $"{Text(option, "title")} {(option.GetProperty("price") is { ValueKind: JsonValueKind.Object } price ? Text(price, "amount") : "null")} {Json(option.GetProperty("isAvailable"))}"
                )
        );
}
