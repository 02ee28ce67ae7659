using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Data.Kernel;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>From a zone of taxes that staff writes to the tax that an order keeps. A tea pot costs 4.25, with home's taxes in it.</summary>
public sealed class TaxGraphTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Taxed = """
        cost {
          tax { amount } total { amount } isEstimated taxed { net { amount } tax { amount } gross { amount } }
          taxes { name percent base { amount } tax { amount } isIncluded isShipping reason }
        }
        lines { due { net { amount } tax { amount } gross { amount } } }
        """;

    private const string Zone =
        "taxZone { id version title countries regions postalCodes rates { taxClass name percent isCompound from until } }";

    private readonly Counter _counter = new(shop);
    private readonly List<string> _zones = [];

    public async ValueTask InitializeAsync() => await TeaPots.StockAsync(shop, units: 1000);

    /// <summary>The tests of this class are taxed by no zone of each other's.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in _zones)
        {
            await SaveAsync(
                new
                {
                    id,
                    title = "Nowhere",
                    countries = List("AQ"),
                    rates = Array.Empty<object>(),
                }
            );
        }
    }

    [Fact]
    public async Task A_shop_without_zones_has_no_taxes()
    {
        var seen = await SeenAsync(await _counter.CartAsync(4));

        Assert.Equal("4.25 x 4: 17.00 + 0.00, 0 taxes", Told(seen));
    }

    [Fact]
    public async Task Homes_taxes_are_in_the_prices_and_the_order_keeps_them()
    {
        await ZoneAsync("GB", 20);
        var cart = await _counter.CartAsync(4);

        var seen = await SeenAsync(cart);
        var placed = await PlaceAsync(cart, "GB");
        await ZoneAsync("GB", 50, id: _zones[0]);
        var kept = await OrderAsync(placed);

        var cost = seen.GetProperty("cost");
        Assert.True(cost.GetProperty("isEstimated").GetBoolean());
        Assert.Equal("0.00", Amount(cost, "tax"));
        Assert.Equal(
            """[{"name":"VAT","percent":"20","base":{"amount":"14.17"},"tax":{"amount":"2.83"},"isIncluded":true,"isShipping":false,"reason":null}]""",
            Json(cost.GetProperty("taxes"))
        );
        Assert.Equal(
            """{"net":{"amount":"14.17"},"tax":{"amount":"2.83"},"gross":{"amount":"17.00"}}""",
            Json(cost.GetProperty("taxed"))
        );
        Assert.Equal(Json(cost.GetProperty("taxed")), Json(seen.GetProperty("lines")[0].GetProperty("due")));
        Assert.Equal(Json(placed.GetProperty("order").GetProperty("cost")), Json(kept.GetProperty("cost")));
        Assert.False(kept.GetProperty("cost").GetProperty("isEstimated").GetBoolean());
        Assert.Equal(Json(cost.GetProperty("taxes")), Json(kept.GetProperty("cost").GetProperty("taxes")));
        Assert.Equal(Json(cost.GetProperty("taxed")), Json(kept.GetProperty("lines")[0].GetProperty("due")));
    }

    [Fact]
    public async Task Abroad_the_price_stays_and_the_taxes_of_the_place_are_due()
    {
        await ZoneAsync("GB", 20);
        await ZoneAsync("DE", 25);
        var cart = await _counter.CartAsync(4);

        var seen = await SeenAsync(cart, goesTo: "DE");
        var placed = (await PlaceAsync(cart, "DE")).GetProperty("order");
        var none = await SeenAsync(await _counter.CartAsync(4), goesTo: "US");

        Assert.Equal("4.25 x 4: 17.00 + 3.40, 1 taxes", Told(seen));
        Assert.False(seen.GetProperty("cost").GetProperty("isEstimated").GetBoolean());
        Assert.Equal(Json(seen.GetProperty("cost")), Json(placed.GetProperty("cost")));
        Assert.Equal("4.25 x 4: 17.00 + 0.00, 1 taxes", Told(none));
        Assert.Equal("EXPORT", Text(none.GetProperty("cost").GetProperty("taxes")[0], "reason"));
    }

    [Fact]
    public async Task The_closest_zone_around_a_place_taxes_it()
    {
        await ZoneAsync("GB", 20);
        await ZoneAsync("GB", 10, postalCodes: ["IM*"]);

        var seen = await SeenAsync(await _counter.CartAsync(4), goesTo: "GB", postalCode: "im1 1aa");

        Assert.Equal("4.25 x 4: 17.00 + 1.55, 1 taxes", Told(seen));
    }

    [Fact]
    public async Task A_preview_is_taxed_as_the_order_will_be()
    {
        await ZoneAsync("GB", 20);

        var preview = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "mutation($input: QuotePreviewInput!) { quotePreview(input: $input) { cost { taxed { net { amount } tax { amount } } isEstimated } problems { code } } }",
            new
            {
                input = new
                {
                    country = "GB",
                    lines = new[] { new { variant = new { sku = "TEAPOT" }, quantity = 4 } },
                },
            }
        );

        Assert.Equal(
            """{"cost":{"taxed":{"net":{"amount":"14.17"},"tax":{"amount":"2.83"}},"isEstimated":false},"problems":[]}""",
            Json(preview.GetProperty("quotePreview"))
        );
    }

    [Fact]
    public async Task What_staff_has_written_is_what_they_read_and_saved_once()
    {
        var key = Guid.CreateVersion7();
        object zone = new
        {
            title = "New York",
            countries = List("US"),
            regions = List("US-NY"),
            postalCodes = List("100*"),
            rates = new object[]
            {
                new
                {
                    name = "State",
                    percent = "4",
                    until = "2030-01-01T00:00:00Z",
                },
                new
                {
                    taxClass = "books",
                    name = "City",
                    percent = "4.875",
                    isCompound = true,
                },
            },
        };

        var first = await SaveAsync(zone, key);
        var again = await SaveAsync(zone, key);
        var listed = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "{ taxZones(first: 1) { nodes { title version } } }"
        );

        Assert.Equal("[]", Json(first.GetProperty("problems")));
        _zones.Add(Text(first.GetProperty("taxZone"), "id"));
        Assert.Equal(
            """
            "title":"New York","countries":["US"],"regions":["US-NY"],"postalCodes":["100*"],"rates":[{"taxClass":"standard","name":"State","percent":"4","isCompound":false,"from":null,"until":"2030-01-01T00:00:00Z"},{"taxClass":"books","name":"City","percent":"4.875","isCompound":true,"from":null,"until":null}]}
            """,
            Json(first.GetProperty("taxZone"))[
                Json(first.GetProperty("taxZone")).IndexOf("\"title", StringComparison.Ordinal)..
            ]
        );
        Assert.True(again.GetProperty("replayed").GetBoolean());
        Assert.Equal(
            """[{"title":"New York","version":1}]""",
            Json(listed.GetProperty("taxZones").GetProperty("nodes"))
        );
    }

    [Fact]
    public async Task A_zone_that_cannot_be_is_refused_at_its_place_and_not_at_another_version()
    {
        var id = await ZoneAsync("GB", 20);

        var wrong = await SaveAsync(
            new
            {
                title = " ",
                countries = List("US"),
                regions = List("NY"),
                postalCodes = List("1*0"),
                rates = new[]
                {
                    new
                    {
                        taxClass = "Books",
                        name = "VAT",
                        percent = "100.5",
                    },
                },
            }
        );
        var late = await SaveAsync(
            new
            {
                id,
                ifVersion = 7,
                title = "X",
                countries = List("GB"),
                rates = Array.Empty<object>(),
            }
        );

        Assert.Equal(
            "title regions postalCodes rates rates",
            string.Join(
                ' ',
                wrong
                    .GetProperty("problems")
                    .EnumerateArray()
                    .Select(problem => problem.GetProperty("field")[0])
            )
        );
        Assert.Equal("VERSION_CONFLICT", Text(late.GetProperty("problems")[0], "code"));
    }

    [Fact]
    public async Task A_product_is_taxed_by_the_class_that_it_names()
    {
        await ZoneAsync("GB", 20, ("books", 0));
        var book = Shelving.Mug() with { TaxClass = "books" };
        var saved = await shop.SavedAsync(book);
        var again = await shop.SavedAsync(book.Again(saved) with { TaxClass = null });

        var preview = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            $$"""
            mutation { quotePreview(input: {lines: [{variant: {sku: "{{book.Variants[
                0
            ].Sku}}"}, quantity: 1}]}) {
              cost { taxes { percent tax { amount } reason } }
            } }
            """
        );
        var seen = await shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            $$"""{ product(by: {id: "{{again.Id()}}"}) { taxClass } }"""
        );

        Assert.Equal("books", Text(seen.GetProperty("product"), "taxClass"));
        Assert.Equal(
            """[{"percent":"0","tax":{"amount":"0.00"},"reason":"ZERO"}]""",
            Json(preview.GetProperty("quotePreview").GetProperty("cost").GetProperty("taxes"))
        );
    }

    private static string Amount(JsonElement of, string field) => Text(of.GetProperty(field), "amount");

    private static string Told(JsonElement of)
    {
        var cost = of.GetProperty("cost");
        return $"4.25 x 4: {Amount(cost, "total")} + {Amount(cost.GetProperty("taxed"), "tax")}, {cost.GetProperty("taxes").GetArrayLength()} taxes";
    }

    private async Task<string> ZoneAsync(
        string country,
        int percent,
        (string Class, int Percent)? other = null,
        string[]? postalCodes = null,
        string? id = null
    )
    {
        object[] rates =
        [
            new { name = "VAT", percent = $"{percent}" },
            .. other is { } more
                ? new object[]
                {
                    new
                    {
                        taxClass = more.Class,
                        name = "VAT",
                        percent = $"{more.Percent}",
                    },
                }
                : [],
        ];
        var saved = await SaveAsync(
            new
            {
                id,
                title = country,
                countries = new[] { country },
                postalCodes,
                rates,
            }
        );
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        _zones.Add(Text(saved.GetProperty("taxZone"), "id"));
        return _zones[^1];
    }

    private Task<JsonElement> SaveAsync(object zone, Guid? key = null) =>
        _counter.DoAsync("taxZoneSave", "TaxZoneSaveInput", zone, $"replayed {Zone}", key);

    private async Task<JsonElement> SeenAsync(string cart, string? goesTo = null, string? postalCode = null)
    {
        if (goesTo is not null)
        {
            await shop.AskAsync(
                Askers.Guest,
                "mutation($input: CartDestinationInput!) { cartDestinationSet(input: $input) { cart { id } } }",
                new
                {
                    input = new
                    {
                        idempotencyKey = Guid.CreateVersion7(),
                        cartId = cart,
                        countryCode = goesTo,
                        postalCode,
                    },
                }
            );
        }

        return (
            await shop.AskAsync(Askers.Guest, $$"""{ cart(id: "{{cart}}") { {{Taxed}} } }""")
        ).GetProperty("cart");
    }

    private async Task<JsonElement> PlaceAsync(string cart, string country)
    {
        var input = new JsonObject
        {
            ["idempotencyKey"] = $"{Guid.CreateVersion7()}",
            ["cartId"] = cart,
            ["email"] = "ada@example.org",
            ["shippingAddress"] = JsonSerializer.SerializeToNode(
                new
                {
                    name = "Ada",
                    line1 = "1 Hill",
                    city = "Town",
                    postalCode = "10115",
                    countryCode = country,
                }
            ),
        };
        var answer = await shop.AskAsync(
            Askers.Guest,
            $"mutation($input: OrderPlaceInput!) {{ orderPlace(input: $input) {{ accessKey order {{ id {Taxed} }} problems {{ code }} }} }}",
            new { input }
        );
        return answer.GetProperty("orderPlace");
    }

    private async Task<JsonElement> OrderAsync(JsonElement placed) =>
        (
            await shop.AskAsync(
                Askers.Guest,
                $$"""query($id: ID!, $key: String) { order(by: {id: $id}, accessKey: $key) { {{Taxed}} } }""",
                new { id = Text(placed.GetProperty("order"), "id"), key = Text(placed, "accessKey") }
            )
        ).GetProperty("order");

    private static string[] List(params string[] texts) => texts;
}
