using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Pricing;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Shipping;

/// <summary>A shop that ships tea pots at 4.25: by a carrier that tells what it charges, and by another that tells, too, but has a table.</summary>
public sealed class ToldShippingTests : IAsyncLifetime
{
    private static readonly string[] _home = ["GB"];

    private RateDesk _desk = null!;
    private ShopFixture _shop = null!;
    private Counter _counter = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await RateDesk.OpenAsync();
        _shop = new(_ => { }, ("Shipping:Rates:Address", $"{_desk.Address}"));
        await _shop.InitializeAsync();
        _counter = new(_shop);
        await TeaPots.StockAsync(_shop, units: 1000);
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task A_cart_its_options_its_preview_and_its_order_share_one_answer_and_without_one_the_table_counts()
    {
        _desk.Answer = _ =>
            RateDesk.Told(
                """[{"service": "parcel", "price": "4.20"}, {"service": "courier", "price": "9.10"}]"""
            );
        var britain = await SavedAsync("zone", new { title = "Britain", countries = _home });
        var parcel = await WayAsync("Parcel", "parcel");
        var courier = await WayAsync(
            "Courier",
            "courier",
            new { zoneId = britain, price = new { amount = "12.00", currencyCode = "GBP" } }
        );

        var cart = await CartAsync(units: 1, parcel);
        var options = await OptionsAsync(cart);
        var preview = await PreviewAsync(parcel);
        var placed = await PlaceAsync(cart, ifTotal: "8.45");
        var asked = _desk.Questions.Count;
        _desk.Answer = _ => Results.StatusCode(500);
        var (untold, fallen) = (await CartAsync(units: 2, parcel), await CartAsync(units: 2, courier));
        var left = await OptionsAsync(fallen);
        var refused = await PlaceAsync(untold);
        var charged = await PlaceAsync(fallen, ifTotal: "20.50");

        Assert.Equal("Parcel 4.20, Courier 9.10", options);
        Assert.Equal("8.45", preview);
        Assert.Equal(
            """{"shipping":{"amount":"4.20"},"total":{"amount":"8.45"}}""",
            Json(placed.GetProperty("order").GetProperty("cost"))
        );
        Assert.Equal(1, asked);
        Assert.Equal("Courier 12.00", left);
        Assert.Equal("""[{"code":"SHIPPING_UNAVAILABLE"}]""", Json(refused.GetProperty("problems")));
        Assert.Equal(
            """{"shipping":{"amount":"12.00"},"total":{"amount":"20.50"}}""",
            Json(charged.GetProperty("order").GetProperty("cost"))
        );
    }

    private async Task<string> SavedAsync(string what, object input)
    {
        var (field, type) =
            what == "zone"
                ? ("shippingZoneSave", "ShippingZoneSaveInput")
                : ("shippingMethodSave", "ShippingMethodSaveInput");
        var saved = await _counter.DoAsync(
            field,
            type,
            new Dictionary<string, object> { [what] = input },
            $"{what} {{ id }}"
        );
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
        return Text(saved.GetProperty(what), "id");
    }

    private Task<string> WayAsync(string title, string rateService, params object[] rates) =>
        SavedAsync(
            "method",
            new
            {
                title,
                rateService,
                rates,
                isActive = true,
                by = "FLAT",
            }
        );

    private async Task<string> CartAsync(int units, string way)
    {
        var cart = await _counter.CartAsync(units);
        await _shop.AskAsync(
            Askers.Guest,
            """
            mutation($to: CartDestinationInput!, $by: CartShippingInput!) {
              cartDestinationSet(input: $to) { problems { code } }
              cartShippingSelect(input: $by) { problems { code } }
            }
            """,
            new
            {
                to = new
                {
                    cartId = cart,
                    countryCode = "GB",
                    postalCode = "N1",
                },
                by = new { cartId = cart, shippingOptionId = way },
            }
        );
        return cart;
    }

    private async Task<string> OptionsAsync(string cart)
    {
        var seen = await _shop.AskAsync(
            Askers.Guest,
            $$"""{ cart(id: "{{cart}}") { cost { total { amount } } shippingOptions { title price { amount } } } }"""
        );
        return string.Join(
            ", ",
            seen.GetProperty("cart").GetProperty("shippingOptions").EnumerateArray().Select(Shown)
        );
    }

    private async Task<string> PreviewAsync(string way)
    {
        var answer = await _shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            "mutation($input: QuotePreviewInput!) { quotePreview(input: $input) { cost { total { amount } } } }",
            new
            {
                input = new
                {
                    lines = new[] { new { variant = new { sku = "TEAPOT" }, quantity = 1 } },
                    country = "GB",
                    postalCode = "N1",
                    shippingMethod = way,
                },
            }
        );
        return Total(answer.GetProperty("quotePreview"));
    }

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
                postalCode = "n 1",
                countryCode = "GB",
            },
        };
        var answer = await _shop.AskAsync(
            Askers.Guest,
            """
            mutation($input: OrderPlaceInput!) {
              orderPlace(input: $input) {
                order { cost { shipping { amount } total { amount } } } problems { code }
              }
            }
            """,
            new { input }
        );
        return answer.GetProperty("orderPlace");
    }

    private static string Shown(JsonElement option) =>
        $"{Text(option, "title")} {(option.GetProperty("price") is { ValueKind: JsonValueKind.Object } price ? Text(price, "amount") : "-")}";
}
