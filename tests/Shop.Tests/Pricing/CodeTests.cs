using Shop.Data.Kernel;
using Shop.Data.Pricing.Codes;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>What customers type for promotions. A tea pot costs 4.25.</summary>
public sealed class CodeTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Counter _counter = new(shop);

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    public async ValueTask DisposeAsync() => await _counter.CloseAsync();

    [Theory]
    [InlineData("spring-25", "SPRING25")]
    [InlineData(" Spring 25\t", "SPRING25")]
    [InlineData("SPRING_25", null)]
    [InlineData("šprota", null)]
    [InlineData(" - ", null)]
    [InlineData("12345678901234567890123456789012345678901", null)]
    public void A_code_is_the_same_however_it_is_typed(string typed, string? code) =>
        Assert.Equal(code, CodeText.Of(typed));

    [Fact]
    public async Task A_code_does_what_its_promotion_says_and_leaves_the_cart_with_the_order()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Spring()), "SPRING25");
        var cart = await _counter.CartAsync(units: 4);
        Assert.Equal("17.00", Total(await _counter.SeenAsync(cart)));

        var typed = (await _counter.TypeAsync(cart, "spring-25")).GetProperty("cart");
        var order = (await _counter.PlaceAsync(cart)).GetProperty("order");

        Assert.Equal("""["SPRING25"]""", Json(typed.GetProperty("codes")));
        Assert.Equal("15.30", Total(typed));
        Assert.Equal(
            """[{"promotion":{"title":"Spring"},"code":"SPRING25","isApplied":true,"reason":null,"missing":null}]""",
            Json(typed.GetProperty("cost").GetProperty("promotions"))
        );
        Assert.Equal(Json(typed.GetProperty("cost")), Json(order.GetProperty("cost")));
        Assert.Equal(
            """[{"discounts":[{"code":"SPRING25","amount":{"amount":"1.70"}}]}]""",
            Json(order.GetProperty("lines"))
        );
        Assert.Equal("[]", Json((await _counter.SeenAsync(cart)).GetProperty("codes")));
    }

    [Fact]
    public async Task A_code_that_does_not_fit_yet_is_kept_and_says_what_is_missing_until_it_is_taken_out()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Spring(gte: "20")), "FROM20");
        var cart = await _counter.CartAsync(units: 4);

        var typed = (await _counter.TypeAsync(cart, "from20")).GetProperty("cart");
        var again = (await _counter.TypeAsync(cart, "FROM20")).GetProperty("cart");
        var without = (await _counter.TypeAsync(cart, "From 20", "cartCodeRemove")).GetProperty("cart");

        Assert.Equal(
            """[{"promotion":{"title":"Spring"},"code":"FROM20","isApplied":false,"reason":"SUBTOTAL","missing":{"amount":"3.00"}}]""",
            Json(typed.GetProperty("cost").GetProperty("promotions"))
        );
        Assert.Equal(Json(typed), Json(again));
        Assert.Equal("[]", Json(without.GetProperty("codes")));
        Assert.Equal("[]", Json(without.GetProperty("cost").GetProperty("promotions")));
        Assert.Equal(
            (2, 3),
            (typed.GetProperty("version").GetInt32(), without.GetProperty("version").GetInt32())
        );
    }

    [Fact]
    public async Task A_code_that_is_none_or_is_over_is_refused()
    {
        string[] over = ["OVER"];
        var spring = await _counter.PlanAsync(Spring());
        await _counter.CodesAsync(
            new
            {
                promotionId = spring,
                codes = new { named = over },
                endsAt = ShopHost.Now,
            }
        );
        await _counter.NameCodesAsync(spring, "PAUSED");
        await _counter.PauseAsync(spring);
        var cart = await _counter.CartAsync(units: 1);

        string[] codes = ["NONE", "n o*n e", "over", "paused"];
        var problems = new List<string>();
        foreach (var code in codes)
        {
            problems.Add(Json((await _counter.TypeAsync(cart, code)).GetProperty("problems")));
        }

        Assert.Equal(
            [
                Refused("NONE", "UNKNOWN", "code"),
                Refused("n o*n e", "UNKNOWN", "code"),
                Refused("OVER", "ENDED", "code"),
                Refused("PAUSED", "ENDED", "code"),
            ],
            problems
        );
        Assert.Equal("[]", Json((await _counter.SeenAsync(cart)).GetProperty("codes")));
    }

    [Fact]
    public async Task A_code_that_ends_in_the_cart_is_told_there_and_nothing_is_ordered_until_it_is_out()
    {
        var spring = await _counter.PlanAsync(Spring());
        await _counter.NameCodesAsync(spring, "SHORT");
        var cart = await _counter.CartAsync(units: 4);
        await _counter.TypeAsync(cart, "SHORT");
        await _counter.PauseAsync(spring);

        var seen = await _counter.SeenAsync(cart);
        var refused = await _counter.PlaceAsync(cart);
        await _counter.TypeAsync(cart, "SHORT", "cartCodeRemove");
        var placed = await _counter.PlaceAsync(cart);

        Assert.Equal(Refused("SHORT", "ENDED", null), Json(seen.GetProperty("problems")));
        Assert.Equal(Refused("SHORT", "ENDED", "cartId"), Json(refused.GetProperty("problems")));
        Assert.Equal("null", Json(refused.GetProperty("order")));
        Assert.Equal("17.00", Total(placed.GetProperty("order")));
    }

    [Fact]
    public async Task A_cart_holds_ten_codes_and_brings_them_along_into_another_one()
    {
        var spring = await _counter.PlanAsync(Spring());
        string[] codes = [.. Enumerable.Range(0, 11).Select(n => $"TEN{n:00}")];
        await _counter.NameCodesAsync(spring, codes);
        var (guest, own) = (await _counter.CartAsync(units: 1), await _counter.CartAsync(units: 1));
        foreach (var code in codes[..10])
        {
            await _counter.TypeAsync(guest, code);
        }

        await _counter.TypeAsync(own, codes[10]);
        var eleventh = await _counter.TypeAsync(guest, codes[10]);
        await shop.AskJsonAsync(
            $$"""mutation { cartMerge(input: {cartId: "{{own}}", fromCartId: "{{guest}}"}) { cart { id } } }"""
        );

        Assert.Equal(
            """[{"code":"INVALID_INPUT","field":["code"]}]""",
            Json(eleventh.GetProperty("problems"))
        );
        Assert.Equal(
            [codes[10], .. codes[..9]],
            (await _counter.SeenAsync(own))
                .GetProperty("codes")
                .EnumerateArray()
                .Select(one => one.GetString()!)
        );
    }

    [Fact]
    public async Task The_total_that_was_shown_is_charged_or_nothing_is()
    {
        var sale = await _counter.PlanAsync(Spring(needsCode: false));
        var cart = await _counter.CartAsync(units: 4);
        var shown = Total(await _counter.SeenAsync(cart));
        await _counter.PauseAsync(sale);

        var refused = await _counter.PlaceAsync(cart, ifTotal: shown);
        var placed = await _counter.PlaceAsync(cart, ifTotal: "17.00");

        Assert.Equal(
            """[{"code":"TOTAL_CHANGED","field":["ifTotal"],"previous":{"amount":"15.30"},"current":{"amount":"17.00"}}]""",
            Json(refused.GetProperty("problems"))
        );
        Assert.Equal("null", Json(refused.GetProperty("order")));
        Assert.Equal("17.00", Total(placed.GetProperty("order")));
    }

    [Fact]
    public async Task A_preview_knows_codes_as_the_order_does()
    {
        await _counter.NameCodesAsync(await _counter.PlanAsync(Spring()), "TRIED");
        var cart = await _counter.CartAsync(units: 4);
        await _counter.TypeAsync(cart, "TRIED");

        var previewed = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            $$"""
            mutation { quotePreview(input: {
              lines: [{variant: {sku: "TEAPOT"}, quantity: 4}], codes: ["tried", "none"]
            }) { {{Costs}} problems { code } } }
            """
        );
        var order = (await _counter.PlaceAsync(cart)).GetProperty("order");

        Assert.Equal(
            Json(order.GetProperty("cost")),
            Json(previewed.GetProperty("quotePreview").GetProperty("cost"))
        );
    }

    [Fact]
    public async Task Codes_are_made_once_and_listed_in_the_order_of_their_making()
    {
        var (spring, key) = (await _counter.PlanAsync(Spring()), Guid.CreateVersion7());
        var input = new { promotionId = spring, codes = new { made = new { count = 150, prefix = "tea-" } } };

        await _counter.NameCodesAsync(spring, "ZULU");
        var first = await _counter.CodesAsync(input, key);
        var again = await _counter.CodesAsync(input, key);
        await _counter.NameCodesAsync(spring, "ALPHA");

        var (page, next) = await _counter.ListAsync(spring, after: null, first: 100);
        var (rest, _) = await _counter.ListAsync(spring, next, first: 100);
        string[] all = [.. page, .. rest];
        Assert.Equal(
            (false, true),
            (first.GetProperty("replayed").GetBoolean(), again.GetProperty("replayed").GetBoolean())
        );
        Assert.Equal((152, 152), (all.Length, all.Distinct().Count()));
        Assert.Equal(("ZULU", "ALPHA"), (all[0], all[^1]));
        Assert.All(all[1..^1], code => Assert.Matches("^TEA[2-9A-HJ-NP-Z]{12}$", code));
    }

    [Fact]
    public async Task Codes_that_are_taken_or_can_be_none_are_refused_and_none_is_made()
    {
        var (spring, other) = (await _counter.PlanAsync(Spring()), await _counter.PlanAsync(Spring()));
        await _counter.NameCodesAsync(spring, "MINE");

        var taken = await _counter.NameCodesAsync(other, "NEW", "mine");
        var wrong = await _counter.NameCodesAsync(other, "NEW", "a+b");
        var nowhere = await _counter.NameCodesAsync($"{GlobalId.Of(new PromotionId(1))}", "NEW");

        Assert.Equal(
            """[{"code":"INVALID_INPUT","message":"These codes are there already: MINE.","field":["codes","named"]}]""",
            Json(taken.GetProperty("problems"))
        );
        Assert.Equal(
            """["codes","named","1"]""",
            Json(wrong.GetProperty("problems")[0].GetProperty("field"))
        );
        Assert.Equal("NOT_FOUND", Text(nowhere.GetProperty("problems")[0], "code"));
        Assert.Empty((await _counter.ListAsync(other, after: null, first: 10)).Codes);
    }

    [Fact]
    public async Task A_promotion_is_stopped_once_and_says_since_when()
    {
        var spring = await _counter.PlanAsync(Spring());

        var first = (await _counter.PauseAsync(spring)).GetProperty("promotion");
        var again = (await _counter.PauseAsync(spring)).GetProperty("promotion");

        Assert.Equal(2, first.GetProperty("version").GetInt32());
        Assert.Equal(Text(first, "pausedAt"), Text(again, "pausedAt"));
    }

    private static object Spring(string? gte = null, bool needsCode = true) =>
        new
        {
            title = "Spring",
            needsCode,
            action = new { linesPercent = new { percent = "10" } },
            when = gte is null
                ? null
                : new { subtotal = new { gte = new[] { new { amount = gte, currencyCode = "GBP" } } } },
        };

    private static string Refused(string code, string reason, string? field) =>
        $$"""[{"code":"CODE_REFUSED","field":{{(field is null ? "null" : $"[\"{field}\"]")}},"promotionCode":"{{code}}","reason":"{{reason}}"}]""";
}
