using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Transport.Http;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing.Rates;

/// <summary>
/// A shop at home in pounds that also sells in euros, yen, dinars and kronur, and would in dollars if it knew their rate; over HTTP. A tea pot
/// costs 4.25 pounds by itself.
/// </summary>
public sealed class CurrencyGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Page =
        """{ productVariant(by: {sku: "TEAPOT"}) { price { amount } compareAtPrice { amount } product { skuSummary { minPrice { amount } } } } }""";

    private const string Shown =
        "id lines { unitPrice { amount } problems { code } } cost { total { amount currencyCode } promotions { reason } }";

    private static readonly (string, string)[] _settings =
    [
        ("Channel:Currencies:0", "EUR"),
        ("Channel:Currencies:1", "JPY"),
        ("Channel:Currencies:2", "KWD"),
        ("Channel:Currencies:3", "USD"),
        ("Channel:Currencies:4", "ISK"),
        ("Channel:Endings:JPY", "80"),
    ];

    private readonly HttpClient _http = new();
    private readonly Counter _counter = new(shop);
    private ShopNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        await TeaPots.StockAsync(shop, units: 1000);
        _node = await ShopNode.StartAsync(shop, shop.Clock, _settings);
        await RateAsync("EUR", "1.1735");
        await RateAsync("JPY", "190.25");
        await RateAsync("KWD", "0.4125");
        await RateAsync("ISK", "160");
    }

    public async ValueTask DisposeAsync()
    {
        await _counter.CloseAsync();
        _http.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_request_sees_the_prices_of_the_currency_that_it_names_and_no_kept_answer_of_another()
    {
        // Each asks three times: what can be kept is kept after the second.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal(("4.25", "4.25"), await PageAsync(null));
            Assert.Equal(("4.99", "4.99"), await PageAsync("EUR"));
            Assert.Equal(("880", "880"), await PageAsync("JPY"));
            Assert.Equal(("4.25", "4.25"), await PageAsync("GBP"));
        }

        var url = $"{_node.Address}?query={Uri.EscapeDataString(Page)}";
        using var byGet = await _http.GetAsync(new Uri(url + "&Shop-Currency=EUR"));
        var currencies = await AskAsync("{ currencies }", "KWD");

        Assert.Contains("Shop-Currency", byGet.Headers.Vary);
        Assert.Equal(("4.99", "4.99"), Prices(await byGet.Content.ReadFromJsonAsync<JsonElement>()));
        Assert.Equal("""{"currencies":["GBP","EUR","JPY","KWD","ISK"]}""", Json(currencies));
    }

    [Theory]
    [InlineData("CHF", "This shop sells in GBP, EUR, JPY, KWD, USD, ISK.")]
    [InlineData("eur", "This shop sells in GBP, EUR, JPY, KWD, USD, ISK.")]
    [InlineData("USD", "This shop does not know the exchange rate of USD yet.")]
    public async Task Nothing_is_sold_in_another_currency_nor_at_one_to_one(string code, string message)
    {
        var (status, answer) = await SendAsync(Page, code);
        var error = answer.GetProperty("errors")[0];
        using var socket = await SocketClient.ConnectAsync(_node.Address, "graphql-transport-ws");
        await socket.InitialiseAsync($$"""{"shop-currency":"{{code}}"}""");
        var cart = code == "eur" ? (JsonElement?)null : await CreateAsync(code, 1);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(message, Text(error, "message"));
        Assert.Equal("CURRENCY_NOT_OFFERED", Text(error.GetProperty("extensions"), "code"));
        Assert.Equal("4400 The shop does not sell in this currency", await socket.HearAsync());
        if (cart is { } refused)
        {
            Assert.Equal(
                $$"""[{"code":"INVALID_INPUT","message":"{{message}}","field":["currencyCode"]}]""",
                Json(refused.GetProperty("problems"))
            );
        }
    }

    [Fact]
    public async Task A_socket_names_its_currency_once_for_all_that_it_asks()
    {
        using var socket = await SocketClient.ConnectAsync(_node.Address, "graphql-transport-ws");
        await socket.InitialiseAsync("""{"headers":{"Shop-Currency":"EUR"}}""");
        await socket.HearAsync();
        await socket.SubscribeAsync("q", """{ productVariant(by: {sku: "TEAPOT"}) { price { amount } } }""");

        Assert.Contains("\"4.99\"", await socket.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cart_keeps_its_currency_and_its_order_the_rate()
    {
        var made = (await CreateAsync("EUR", 1)).GetProperty("cart");
        var id = Text(made, "id");
        await RateAsync("EUR", "1.2");
        var dearer = await CartAsync(id);
        var refused = await PlaceAsync(id);
        var added = await AskAsync(
            $$"""mutation { cartLinesAdd(input: {cartId: "{{id}}", lines: [{variant: {sku: "TEAPOT"}, quantity: 1}]}) { cart { {{Shown}} } problems { code } } }"""
        );
        var placed = await PlaceAsync(id);
        await RateAsync("EUR", "1.1735");
        var kept = await AskAsync(
            $$"""{ order(by: {id: "{{Text(placed.GetProperty("order"), "id")}}"}, accessKey: "{{Text(placed, "accessKey")}}") { exchangeRate cost { total { amount currencyCode } } } }"""
        );

        Assert.Equal("4.99 EUR", TotalOf(made));
        Assert.Equal("5.10 EUR", TotalOf(dearer));
        Assert.Contains("PRICE_CHANGED", Json(dearer), StringComparison.Ordinal);
        Assert.Equal("""[{"code":"PRICE_CHANGED"}]""", Json(refused.GetProperty("problems")));
        Assert.Equal("10.20 EUR", TotalOf(added.GetProperty("cartLinesAdd").GetProperty("cart")));
        Assert.Equal(
            """{"order":{"exchangeRate":"1.2","cost":{"total":{"amount":"10.20","currencyCode":"EUR"}}}}""",
            Json(kept)
        );
        Assert.Equal("1.2", Text(placed.GetProperty("order"), "exchangeRate"));
    }

    [Fact]
    public async Task An_order_at_home_has_no_rate_and_one_abroad_takes_no_statement_more()
    {
        var home = await CountedAsync("GBP");
        var abroad = await CountedAsync("EUR");

        Assert.Equal((JsonValueKind.Null, "4.25 GBP"), Told(home.Placed));
        Assert.Equal((JsonValueKind.String, "4.99 EUR"), Told(abroad.Placed));
        Assert.Equal(home.Statements, abroad.Statements);

        static (JsonValueKind, string) Told(JsonElement placed) =>
            (
                placed.GetProperty("order").GetProperty("exchangeRate").ValueKind,
                TotalOf(placed.GetProperty("order"))
            );
    }

    [Fact]
    public async Task A_planned_rate_begins_by_itself_also_in_kept_answers()
    {
        await RateAsync("EUR", "2", shop.Clock.GetUtcNow().AddSeconds(2));
        var seen = new List<string>();
        for (var second = 0; second < 4; second++)
        {
            seen.Add((await PageAsync("EUR")).Price);
            Assert.Equal((seen[^1], seen[^1]), await PageAsync("EUR"));
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["4.99", "4.99", "8.50", "8.50"], seen);
    }

    [Fact]
    public async Task An_amount_off_is_never_converted()
    {
        await _counter.PlanAsync(
            new
            {
                title = "A pound off",
                isAdvertised = true,
                action = new
                {
                    orderAmount = new { amounts = new[] { new { amount = "1.00", currencyCode = "GBP" } } },
                },
            }
        );
        var pounds = (await CreateAsync("GBP", 1)).GetProperty("cart");
        var euros = (await CreateAsync("EUR", 1)).GetProperty("cart");

        Assert.Equal("3.25 GBP", TotalOf(pounds));
        Assert.Equal("4.99 EUR", TotalOf(euros));
        Assert.Contains("NO_AMOUNT_IN_CURRENCY", Json(euros), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_of_lists_stand_with_as_many_decimals_as_the_currency_has()
    {
        await ListAsync("KWD", "1.255");
        await ListAsync("ISK", "999");
        await _counter.PlanAsync(
            new { title = "Sale", action = new { linesPercent = new { percent = "15" } } }
        );

        var dinars = (await CreateAsync("KWD", 3)).GetProperty("cart");
        var kronur = (await CreateAsync("ISK", 1)).GetProperty("cart");
        var placed = await PlaceAsync(Text(dinars, "id"));

        Assert.Equal("3.200 KWD", TotalOf(dinars));
        Assert.Equal("849 ISK", TotalOf(kronur));
        Assert.Equal("3.200 KWD", TotalOf(placed.GetProperty("order")));
        Assert.Equal("1.255", (await PageAsync("KWD")).Price);
    }

    [Fact]
    public async Task A_preview_and_a_trace_are_in_the_currency_that_staff_names()
    {
        var answer = await StaffAsync(
            """
            mutation { quotePreview(input: {currencyCode: EUR, lines: [{variant: {sku: "TEAPOT"}, quantity: 2}]}) {
              cost { total { amount currencyCode } }
            } }
            """
        );
        var trace = await StaffAsync(
            """{ priceTrace(variant: {sku: "TEAPOT"}, context: {currencyCode: EUR}) { price { amount } loss } }"""
        );

        Assert.Equal("9.98 EUR", TotalOf(answer.GetProperty("quotePreview")));
        Assert.Contains("""{"price":{"amount":"4.99"},"loss":null}""", Json(trace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_is_set_once_at_the_version_that_was_seen_and_never_in_the_past()
    {
        var (key, from) = (Guid.CreateVersion7(), shop.Clock.GetUtcNow().AddDays(1));
        var first = await SetAsync("CHF", "1.13", from, key: key);
        var again = await SetAsync("CHF", "1.13", from, key: key);
        var other = await SetAsync("CHF", "1.14", from, key: key);
        var late = await SetAsync("CHF", "1.14", from, ifVersion: 0);
        var changed = await SetAsync("CHF", "1.15", from, ifVersion: 1);
        var past = await SetAsync("CHF", "1.15", from.AddDays(-2));
        var fine = await SetAsync("CHF", "1.0000000001", from);
        var home = await SetAsync("GBP", "1", from);
        var listed = await StaffAsync(
            "{ exchangeRates(currencyCode: CHF) { nodes { id version rate from } } }"
        );
        await shop.ReplicaCaughtUpAsync();
        var id = Text(first.GetProperty("exchangeRate"), "id");
        var audit = await shop.AskAsync(
            Askers.Staff(StaffRole.Admin),
            $$"""{ auditTrail(where: {subject: "{{id}}"}, first: 5) { nodes { action } } }"""
        );

        Assert.Equal(
            (false, true),
            (first.GetProperty("replayed").GetBoolean(), again.GetProperty("replayed").GetBoolean())
        );
        Assert.Equal("IDEMPOTENCY_CONFLICT", CodeOf(other));
        Assert.Equal("VERSION_CONFLICT", CodeOf(late));
        Assert.Equal("[]", Json(changed.GetProperty("problems")));
        Assert.Equal("INVALID_INPUT from", CodeOf(past));
        Assert.Equal("INVALID_INPUT rate", CodeOf(fine));
        Assert.Equal("INVALID_INPUT currencyCode", CodeOf(home));
        Assert.Equal(
            $$"""[{"id":"{{id}}","version":2,"rate":"1.15","from":"2026-03-03T{{from:HH:mm:ss}}Z"}]""",
            Json(listed.GetProperty("exchangeRates").GetProperty("nodes"))
        );
        Assert.Equal(2, audit.GetProperty("auditTrail").GetProperty("nodes").GetArrayLength());
    }

    private static string CodeOf(JsonElement payload)
    {
        var problem = payload.GetProperty("problems")[0];
        return
            problem.GetProperty("field") is { ValueKind: JsonValueKind.Array } field
            && Text(problem, "code") == "INVALID_INPUT"
            ? $"{Text(problem, "code")} {field[0]}"
            : Text(problem, "code");
    }

    private static string TotalOf(JsonElement of)
    {
        var total = of.GetProperty("cost").GetProperty("total");
        return $"{Text(total, "amount")} {Text(total, "currencyCode")}";
    }

    private async Task<(JsonElement Placed, int Statements)> CountedAsync(string currency)
    {
        await PlaceAsync(Text((await CreateAsync(currency, 1)).GetProperty("cart"), "id"));
        var cart = Text((await CreateAsync(currency, 1)).GetProperty("cart"), "id");
        await shop.ReplicaShowsAllAsync();
        using var count = SqlCount.Start();
        var placed = await PlaceAsync(cart);
        return (placed, count.Statements.Count);
    }

    private async Task RateAsync(string code, string rate, DateTimeOffset? from = null) =>
        Assert.Equal("[]", Json((await SetAsync(code, rate, from)).GetProperty("problems")));

    private async Task<JsonElement> SetAsync(
        string currencyCode,
        string rate,
        DateTimeOffset? from = null,
        int? ifVersion = null,
        Guid? key = null
    ) =>
        (
            await StaffAsync(
                "mutation($input: ExchangeRateSetInput!) { exchangeRateSet(input: $input) { replayed exchangeRate { id } problems { code field } } }",
                new
                {
                    input = new
                    {
                        idempotencyKey = key ?? Guid.CreateVersion7(),
                        currencyCode,
                        rate,
                        from,
                        ifVersion,
                    },
                }
            )
        ).GetProperty("exchangeRateSet");

    private async Task ListAsync(string currencyCode, string amount)
    {
        var saved = await StaffAsync(
            "mutation($input: PriceListSaveInput!) { priceListSave(input: $input) { priceList { id } problems { code } } }",
            new
            {
                input = new
                {
                    idempotencyKey = Guid.CreateVersion7(),
                    priceList = new { title = currencyCode, currencyCode },
                },
            }
        );
        await StaffAsync(
            "mutation($input: PriceListPricesSetInput!) { priceListPricesSet(input: $input) { problems { code } } }",
            new
            {
                input = new
                {
                    idempotencyKey = Guid.CreateVersion7(),
                    priceListId = Text(saved.GetProperty("priceListSave").GetProperty("priceList"), "id"),
                    prices = new[] { new { variant = new { sku = "TEAPOT" }, price = amount } },
                },
            }
        );
        await shop.ReplicaCaughtUpAsync();
    }

    private Task<JsonElement> StaffAsync(string query, object? variables = null) =>
        _node
            .Get<IServiceProvider>()
            .AskAsync(Askers.Staff(StaffRole.Pricing, StaffRole.Catalog), query, variables);

    private async Task<JsonElement> CreateAsync(string currency, int units) =>
        (
            await AskAsync(
                $$"""
                mutation { cartCreate(input: {currencyCode: {{currency}}, lines: [{variant: {sku: "TEAPOT"}, quantity: {{units}}}]}) {
                  cart { {{Shown}} } problems { code message field }
                } }
                """
            )
        ).GetProperty("cartCreate");

    private async Task<JsonElement> CartAsync(string id) =>
        (await AskAsync($$"""{ cart(id: "{{id}}") { {{Shown}} } }""")).GetProperty("cart");

    private async Task<JsonElement> PlaceAsync(string cart)
    {
        var answer = await AskAsync(
            $$"""
            mutation { orderPlace(input: {
              idempotencyKey: "{{Guid.CreateVersion7()}}", cartId: "{{cart}}", email: "ada@example.org"
              shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
            }) { accessKey order { id exchangeRate cost { total { amount currencyCode } } } problems { code } } }
            """
        );
        return answer.GetProperty("orderPlace");
    }

    private async Task<(string Price, string Least)> PageAsync(string? currency) =>
        Prices((await SendAsync(Page, currency)).Answer);

    private static (string Price, string Least) Prices(JsonElement answer)
    {
        var variant = answer.GetProperty("data").GetProperty("productVariant");
        var summary = variant.GetProperty("product").GetProperty("skuSummary");
        return (
            Text(variant.GetProperty("price"), "amount"),
            Text(summary.GetProperty("minPrice"), "amount")
        );
    }

    private async Task<JsonElement> AskAsync(string query, string? currency = null)
    {
        var (_, answer) = await SendAsync(query, currency);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data");
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string query, string? currency)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _node.Address)
        {
            Content = JsonContent.Create(new { query }),
        };
        if (currency is not null)
        {
            request.Headers.Add("Shop-Currency", currency);
        }

        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
