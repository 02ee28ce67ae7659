using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Payments.Messages;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>
/// A shop whose taxes a service outside reckons: 10 % on top of tea pots at 4.25. By the shop's own zones it would be 20 %. One node
/// refuses orders while the service is away, the other falls back.
/// </summary>
public sealed class TaxedShop : IAsyncLifetime
{
    private static readonly string[] _countries = ["GB"];

    public ShopFixture Shop { get; } = new();

    internal TaxService Service { get; private set; } = null!;

    internal ShopNode Refusing { get; private set; } = null!;

    internal ShopNode FallingBack { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        await TeaPots.StockAsync(Shop, units: 10_000);
        await new Counter(Shop).DoAsync(
            "taxZoneSave",
            "TaxZoneSaveInput",
            new
            {
                title = "Home",
                countries = _countries,
                rates = new[] { new { name = "VAT", percent = "20" } },
            },
            "replayed"
        );
        Service = await TaxService.StartAsync();
        Refusing = await NodeAsync(WhenAway.Refuse);
        FallingBack = await NodeAsync(WhenAway.FallBack);
    }

    public async ValueTask DisposeAsync()
    {
        await FallingBack.DisposeAsync();
        await Refusing.DisposeAsync();
        await Service.DisposeAsync();
        await Shop.DisposeAsync();
    }

    private Task<ShopNode> NodeAsync(WhenAway whenAway) =>
        ShopNode.StartAsync(
            Shop,
            Shop.Clock,
            ("Channel:PricesIncludeTax", "false"),
            ("Channel:TaxService:Address", $"{Service.Address}"),
            ("Channel:TaxService:Key", "tax-key"),
            ("Channel:TaxService:WhenAway", $"{whenAway}")
        );
}

/// <summary>What customers see of a tax service, while it is well and while it is not.</summary>
public sealed class TaxServiceTests(TaxedShop taxed) : IClassFixture<TaxedShop>, IAsyncLifetime
{
    private const int Shoppers = 30;

    private static int _places;

    private readonly ShopFixture _shop = taxed.Shop;
    private readonly TaxService _service = taxed.Service;
    private readonly HttpClient _http = new();

    private ShopNode[] Nodes => [taxed.Refusing, taxed.FallingBack];

    /// <summary>Each test finds the service well, and asked by all nodes.</summary>
    public async ValueTask InitializeAsync() => await RecoverAsync();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_cart_shows_what_the_service_tells_and_its_order_is_charged_the_same_without_asking_again()
    {
        var before = _service.Questions;
        var cart = await CartAsync(taxed.Refusing);

        var seen = await SeenAsync(taxed.Refusing, cart);
        var placed = await PlaceAsync(taxed.FallingBack, cart, ifTotal: "9.35");

        Assert.Equal(
            """{"total":{"amount":"9.35"},"tax":{"amount":"0.85"},"isEstimated":false,"taxes":[{"name":"Sales tax","percent":"10","base":{"amount":"8.50"},"tax":{"amount":"0.85"},"isIncluded":false}]}""",
            Json(seen.GetProperty("cost"))
        );
        Assert.Equal("[]", Json(seen.GetProperty("problems")));
        Assert.Equal(Json(seen.GetProperty("cost")), Json(placed.GetProperty("order").GetProperty("cost")));
        Assert.Equal(1, _service.Questions - before);
        Assert.Equal("Bearer tax-key", _service.LastKey);
        var question = _service.LastQuestion;
        Assert.Equal(
            ("GBP", false, "GB", cart.PostalCode),
            (
                Text(question, "currency"),
                question.GetProperty("pricesIncludeTax").GetBoolean(),
                Text(question.GetProperty("to"), "country"),
                Text(question.GetProperty("to"), "postalCode")
            )
        );
        var line = Assert.Single(question.GetProperty("lines").EnumerateArray());
        Assert.Equal(
            (850, 2, "standard"),
            (
                line.GetProperty("amount").GetInt64(),
                line.GetProperty("quantity").GetInt32(),
                Text(line, "taxClass")
            )
        );
    }

    [Fact]
    public async Task As_long_as_it_is_not_known_where_a_cart_goes_the_service_is_not_asked()
    {
        var before = _service.Questions;
        var made = await taxed.Refusing.AskAsync(
            """mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: 2}]}) { cart { id cost { total { amount } isEstimated } } } }"""
        );

        Assert.Equal(
            """{"total":{"amount":"10.20"},"isEstimated":true}""",
            Json(made.GetProperty("cartCreate").GetProperty("cart").GetProperty("cost"))
        );
        Assert.Equal(before, _service.Questions);
    }

    [Fact]
    public async Task However_the_service_fails_orders_are_refused_or_taxed_by_the_shop_and_it_is_told_which()
    {
        var moods = Enum.GetValues<TaxServiceMood>().Except([TaxServiceMood.Answers, TaxServiceMood.Hangs]);
        foreach (var mood in moods)
        {
            await RecoverAsync();
            _service.Mood = mood;
            var before = _service.Questions;
            var cart = await CartAsync(taxed.Refusing);

            var refusing = await SeenAsync(taxed.Refusing, cart);
            var refused = await PlaceAsync(taxed.Refusing, cart);
            var fallingBack = await SeenAsync(taxed.FallingBack, cart);
            var placed = await PlaceAsync(taxed.FallingBack, cart, ifTotal: "10.20");

            Assert.Equal($"{mood} 4", $"{mood} {_service.Questions - before}");
            var later = _shop.Clock.GetUtcNow().AddSeconds(10);
            foreach (var problems in new[] { refusing, refused })
            {
                var problem = Assert.Single(problems.GetProperty("problems").EnumerateArray());
                Assert.Equal("TAX_UNAVAILABLE", Text(problem, "code"));
                Assert.Equal(later, problem.GetProperty("pollAfter").GetDateTimeOffset());
            }

            Assert.Equal("10.20", Total(refusing));
            Assert.True(refusing.GetProperty("cost").GetProperty("isEstimated").GetBoolean());
            Assert.Equal(JsonValueKind.Null, refused.GetProperty("order").ValueKind);
            Assert.Equal("[]", Json(fallingBack.GetProperty("problems")));
            Assert.Equal(
                """{"total":{"amount":"10.20"},"tax":{"amount":"1.70"},"isEstimated":true,"taxes":[{"name":"VAT","percent":"20","base":{"amount":"8.50"},"tax":{"amount":"1.70"},"isIncluded":false}]}""",
                Json(placed.GetProperty("order").GetProperty("cost"))
            );
        }
    }

    [Fact]
    public async Task A_cart_waits_less_than_a_second_for_a_service_that_hangs()
    {
        var cart = await CartAsync(taxed.Refusing);
        _service.Mood = TaxServiceMood.Hangs;

        var seeing = SeenAsync(taxed.Refusing, cart);
        await _service.HangingAsync();
        _shop.Clock.Advance(TimeSpan.FromMilliseconds(799));
        Assert.False(seeing.IsCompleted);
        _shop.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Contains("TAX_UNAVAILABLE", Json(await seeing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_for_a_minute_under_load_the_service_costs_problems_or_estimates_and_no_more()
    {
        var waves = new List<(ShopNode Node, TestCart Cart)[]>();
        for (var wave = 0; wave < 3; wave++)
        {
            waves.Add(
                await Task.WhenAll(
                    Nodes.SelectMany(node =>
                        Enumerable.Range(0, Shoppers).Select(async _ => (node, await CartAsync(node)))
                    )
                )
            );
        }

        // It hangs: all wait for it, and nobody holds a transaction meanwhile.
        _service.Mood = TaxServiceMood.Hangs;
        var waiting = waves[0].Select(PlaceAsync).ToList();
        await _service.HangingAsync(calls: 2 * Shoppers);
        Assert.Equal(0, await HeldTransactionsAsync());
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal($"{Shoppers} refused, {Shoppers} estimated", Told(await Task.WhenAll(waiting)));

        // It is not asked any more: nobody waits.
        var asked = _service.Questions;
        _shop.Clock.Advance(TimeSpan.FromSeconds(28));
        Assert.Equal(
            $"{Shoppers} refused, {Shoppers} estimated",
            Told(await Task.WhenAll(waves[1].Select(PlaceAsync)))
        );
        Assert.Equal(asked, _service.Questions);

        // A minute later it is back.
        await RecoverAsync();
        Assert.Equal($"{2 * Shoppers} as told", Told(await Task.WhenAll(waves[2].Select(PlaceAsync))));

        Task<JsonElement> PlaceAsync((ShopNode Node, TestCart Cart) one) =>
            this.PlaceAsync(one.Node, one.Cart);
    }

    [Fact]
    public async Task An_order_is_written_down_once_it_is_paid_and_struck_out_when_its_money_is_back()
    {
        var saga = new Saga(_shop);
        var tell = taxed.FallingBack.Get<TellDocuments>();
        _service.Mood = TaxServiceMood.Fails;
        var placed = (await PlaceAsync(taxed.FallingBack, await CartAsync(taxed.FallingBack))).GetProperty(
            "order"
        );
        var (id, number) = (GlobalId.Parse(Text(placed, "id")).To<OrderId>(), Text(placed, "number"));
        await saga.SettleAsync();
        Assert.Equal(0, await tell.RunAsync(default));

        await _shop.Get<RecordPayment>().RunAsync(Told(1, new OrderPaid(id, new(7), 1020)), default);
        await saga.SettleAsync();
        // The service is still away: it is told later.
        Assert.Equal(1, await tell.RunAsync(default));
        Assert.Equal(0, await tell.RunAsync(default));
        Assert.Empty(_service.Documents);
        await RecoverAsync();
        Assert.Equal(1, await tell.RunAsync(default));
        await saga.ForgetConfirmationsAsync<OrdersDb>();
        await saga.SettleAsync();
        Assert.Equal(0, await tell.RunAsync(default));

        var document = Assert.Single(_service.Documents, one => one.Key == number).Value;
        Assert.True(document.GetProperty("isEstimated").GetBoolean());
        var line = document.GetProperty("order").GetProperty("lines")[0];
        Assert.Equal((850, 170), (line.GetProperty("amount").GetInt64(), line.GetProperty("tax").GetInt64()));
        Assert.Empty(_service.StruckOut);

        var refunded = new OrderRefunded(id, new(8), 1020, "GBP", InAll: true, GoodsBack: true);
        await _shop.Get<RecordPayment>().RunAsync(Told(2, refunded), default);
        await saga.SettleAsync();
        Assert.Equal(1, await tell.RunAsync(default));
        Assert.Equal([number], _service.StruckOut);
        Assert.Equal(OrderStatus.Refunded, (await saga.OrderAsync(id)).Status);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(9, 2560)]
    [InlineData(10, 3600)]
    [InlineData(1000, 3600)]
    public void What_was_not_heard_is_told_again_after_seconds_and_at_last_each_hour(
        int tries,
        int seconds
    ) => Assert.Equal(seconds, TellDocuments.RetryAfter(tries).TotalSeconds);

    private sealed record TestCart(string Id, string PostalCode);

    private const string Cost =
        "cost { total { amount } tax { amount } isEstimated taxes { name percent base { amount } tax { amount } isIncluded } }";
    private const string Problems = "problems { code ... on TaxUnavailable { pollAfter } }";

    private static Delivered<T>[] Told<T>(long id, T fact)
        where T : IMessage => [new("test", id, fact, TraceParent: null)];

    // What became of many placements, in counts.
    private static string Told(JsonElement[] placed) =>
        string.Join(
            ", ",
            placed
                .GroupBy(one =>
                    one.GetProperty("order") is { ValueKind: JsonValueKind.Object } order
                        ? Total(order) switch
                        {
                            "9.35" => "as told",
                            "10.20" => "estimated",
                            var other => other,
                        }
                    : Text(Assert.Single(one.GetProperty("problems").EnumerateArray()), "code")
                    == "TAX_UNAVAILABLE"
                        ? "refused"
                    : Json(one)
                )
                .Select(kind => $"{kind.Count()} {kind.Key}")
                .OrderDescending(StringComparer.Ordinal)
        );

    // The breakers let one call through after half a minute, and the rest once that is answered.
    private async Task RecoverAsync()
    {
        _service.Mood = TaxServiceMood.Answers;
        _shop.Clock.Advance(TimeSpan.FromSeconds(31));
        foreach (var node in Nodes)
        {
            Assert.Equal("9.35", Total(await SeenAsync(node, await CartAsync(node))));
        }
    }

    /// <summary>Of two tea pots, which go where nothing has gone yet: no answer is kept for it.</summary>
    private static async Task<TestCart> CartAsync(ShopNode node)
    {
        var place = $"N{Interlocked.Increment(ref _places)}";
        var made = await node.AskAsync(
            """mutation { cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: 2}]}) { cart { id } } }"""
        );
        var cart = Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
        await node.AskAsync(
            $$"""mutation { cartDestinationSet(input: {cartId: "{{cart}}", countryCode: "GB", postalCode: "{{place}}"}) { problems { code } } }"""
        );
        return new(cart, place);
    }

    private static async Task<JsonElement> SeenAsync(ShopNode node, TestCart cart) =>
        (await node.AskAsync($$"""{ cart(id: "{{cart.Id}}") { {{Cost}} {{Problems}} } }""")).GetProperty(
            "cart"
        );

    private async Task<JsonElement> PlaceAsync(ShopNode node, TestCart cart, string? ifTotal = null)
    {
        var input = new
        {
            idempotencyKey = Guid.CreateVersion7(),
            cartId = cart.Id,
            ifTotal = ifTotal is null ? null : new { amount = ifTotal, currencyCode = "GBP" },
            email = "ada@example.org",
            shippingAddress = new
            {
                name = "Ada",
                line1 = "1 Hill",
                city = "London",
                postalCode = cart.PostalCode,
                countryCode = "GB",
            },
        };
        using var answer = await _http.PostAsJsonAsync(
            node.Address,
            new
            {
                query = $"mutation($input: OrderPlaceInput!) {{ orderPlace(input: $input) {{ order {{ id number {Cost} }} {Problems} }} }}",
                variables = new { input },
            }
        );
        Assert.Equal(200, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("data")
            .GetProperty("orderPlace");
    }

    private async Task<long> HeldTransactionsAsync()
    {
        await using var command = _shop
            .Get<Database<PricingDb>>()
            .Primary.CreateCommand(
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and state like 'idle in transaction%'
                """
            );
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
