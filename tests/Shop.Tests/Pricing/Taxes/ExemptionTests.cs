using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.Tests.Accounts;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing.Taxes;

/// <summary>Customers who pay no tax, from what staff says of them to what their orders keep. A mug costs 23.00, 7 % of home in it.</summary>
public sealed class ExemptionTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Shown =
        "cost { total { amount } isEstimated taxed { tax { amount } } taxes { percent reason } taxExemption { kind countryCode number } }";

    private const string Set = """
        mutation($input: CustomerTaxExemptionSetInput!) {
          customerTaxExemptionSet(input: $input) {
            customer { version taxExemption { kind countryCode number } } problems { code field }
          }
        }
        """;

    private readonly Counter _counter = new(shop);
    private string _sku = "";

    public async ValueTask InitializeAsync()
    {
        await ZoneAsync("GB", "7");
        await ZoneAsync("DE", "19");
        var mug = Shelving.Mug();
        _sku = mug.Variants[0].Sku!;
        await shop.SavedAsync(
            mug with
            {
                Variants = [.. mug.Variants.Select(one => one with { Price = "23.00" })],
            }
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_business_abroad_pays_the_price_without_homes_tax_and_its_order_names_its_number()
    {
        var ada = await ExemptAsync("REVERSE_CHARGE", "DE", " DE123456789 ");

        var there = await SeenAsync(ada, "DE");
        var home = await SeenAsync(ada, "GB");
        var elsewhere = await SeenAsync(ada, "FR");
        var guest = await SeenAsync(Askers.Guest, "DE");
        var placed = await PlaceAsync(ada, "DE", ifTotal: "21.50");
        var read = await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            $$"""{ order(by: {id: "{{Text(placed, "id")}}"}) { {{Shown}} } }"""
        );

        Assert.Equal(
            """{"cost":{"total":{"amount":"21.50"},"isEstimated":false,"taxed":{"tax":{"amount":"0.00"}},"taxes":[{"percent":"0","reason":"REVERSE_CHARGE"}],"taxExemption":{"kind":"REVERSE_CHARGE","countryCode":"DE","number":"DE123456789"}}}""",
            Json(there)
        );
        Assert.Equal("23.00 GB_TAX", Told(home));
        Assert.Equal("23.00 EXPORT", Told(elsewhere));
        Assert.Equal("23.00 DE_TAX", Told(guest));
        Assert.Equal(Json(there.GetProperty("cost")), Json(placed.GetProperty("cost")));
        Assert.Equal(Json(there), Json(read.GetProperty("order")));
    }

    [Fact]
    public async Task Reverse_charge_stops_at_the_border_and_an_embassy_is_exempt_at_home_as_well()
    {
        var business = await ExemptAsync("REVERSE_CHARGE", "GB", "GB999999973");
        var embassy = await ExemptAsync("EXEMPT", "GB", "C 1");

        Assert.Equal("23.00 GB_TAX", Told(await SeenAsync(business, "GB")));
        Assert.Equal("21.50 EXEMPT", Told(await SeenAsync(embassy, "GB")));
        Assert.Equal("21.50 EXEMPT", Told(await SeenAsync(embassy, goesTo: null)));
        Assert.Equal("23.00 DE_TAX", Told(await SeenAsync(embassy, "DE")));
    }

    [Fact]
    public async Task A_preview_is_exempt_as_the_customer_would_be()
    {
        var answer = await shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            $$"""
            mutation {
              quotePreview(input: {
                lines: [{variant: {sku: "{{_sku}}"}, quantity: 1}], country: "DE"
                taxExemption: {kind: REVERSE_CHARGE, countryCode: "DE", number: "DE123456789"}
              }) { {{Shown}} problems { code } }
            }
            """
        );

        Assert.Equal("21.50 REVERSE_CHARGE", Told(answer.GetProperty("quotePreview")));
    }

    [Fact]
    public async Task Set_twice_is_set_once_and_what_can_be_none_is_refused()
    {
        var ada = await shop.RegisterAsync(AccountShop.SomebodyNew());

        var once = await SetAsync(ada, Exemption("EXEMPT", "GB", "7"));
        var again = await SetAsync(ada, Exemption("EXEMPT", "GB", "7"));
        var late = await SetAsync(ada, exemption: null, ifVersion: 1);
        var wrong = await SetAsync(ada, Exemption("EXEMPT", "ZZ", " "));
        var over = await SetAsync(ada, exemption: null);

        Assert.Equal(
            """{"customer":{"version":2,"taxExemption":{"kind":"EXEMPT","countryCode":"GB","number":"7"}},"problems":[]}""",
            Json(once)
        );
        Assert.Equal(Json(once), Json(again));
        Assert.Equal("VERSION_CONFLICT", Text(late.GetProperty("problems")[0], "code"));
        Assert.Equal(
            """[{"code":"INVALID_INPUT","field":["exemption","countryCode"]},{"code":"INVALID_INPUT","field":["exemption","number"]}]""",
            Json(wrong.GetProperty("problems"))
        );
        Assert.Equal("""{"version":3,"taxExemption":null}""", Json(over.GetProperty("customer")));
        Assert.Null(TaxExemption.Read("Exempt"));
    }

    private static object Exemption(string kind, string countryCode, string number) =>
        new
        {
            kind,
            countryCode,
            number,
        };

    // What it costs in all, and why there is no tax, or where it is from.
    private static string Told(JsonElement of)
    {
        var cost = of.GetProperty("cost");
        var tax = Assert.Single(cost.GetProperty("taxes").EnumerateArray());
        var reason =
            tax.GetProperty("reason").GetString() ?? (Text(tax, "percent") == "7" ? "GB_TAX" : "DE_TAX");
        Assert.Equal(
            reason is "REVERSE_CHARGE" or "EXEMPT",
            cost.GetProperty("taxExemption").ValueKind == JsonValueKind.Object
        );
        return $"{Total(of)} {reason}";
    }

    private async Task<JsonElement> SetAsync(SignedIn customer, object? exemption, int? ifVersion = null) =>
        (
            await shop.AskAsync(
                Askers.Staff(StaffRole.Orders),
                Set,
                new
                {
                    input = new
                    {
                        customerId = customer.GlobalId,
                        exemption,
                        ifVersion,
                    },
                }
            )
        ).GetProperty("customerTaxExemptionSet");

    /// <summary>A customer as their next access token proves them.</summary>
    private async Task<ClaimsPrincipal> ExemptAsync(string kind, string country, string number)
    {
        var ada = await shop.RegisterAsync(AccountShop.SomebodyNew());
        Assert.Equal(
            "[]",
            Json((await SetAsync(ada, Exemption(kind, country, number))).GetProperty("problems"))
        );
        var token = (await shop.RefreshAsync(ada.RefreshToken)).AccessToken;
        var user = ada.User;
        ((ClaimsIdentity)user.Identity!).AddClaim(
            new JsonWebTokenHandler().ReadJsonWebToken(token).GetClaim(Asker.TaxExemptionClaim)
        );
        return user;
    }

    private async Task<string> CartAsync(string? goesTo)
    {
        var made = await shop.AskAsync(
            Askers.Guest,
            $$"""mutation { cartCreate(input: {lines: [{variant: {sku: "{{_sku}}"}, quantity: 1}]}) { cart { id } } }"""
        );
        var cart = Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
        if (goesTo is not null)
        {
            await shop.AskAsync(
                Askers.Guest,
                $$"""mutation { cartDestinationSet(input: {cartId: "{{cart}}", countryCode: "{{goesTo}}"}) { cart { id } } }"""
            );
        }

        return cart;
    }

    private async Task<JsonElement> SeenAsync(ClaimsPrincipal user, string? goesTo) =>
        (
            await shop.AskAsync(user, $$"""{ cart(id: "{{await CartAsync(goesTo)}}") { {{Shown}} } }""")
        ).GetProperty("cart");

    private async Task<JsonElement> PlaceAsync(ClaimsPrincipal user, string country, string ifTotal)
    {
        var input = new
        {
            idempotencyKey = Guid.CreateVersion7(),
            cartId = await CartAsync(country),
            ifTotal = new { amount = ifTotal, currencyCode = "GBP" },
            email = "ada@example.org",
            shippingAddress = new
            {
                name = "Ada",
                line1 = "1 Hill",
                city = "Town",
                postalCode = "10115",
                countryCode = country,
            },
        };
        var answer = await shop.AskAsync(
            user,
            $"mutation($input: OrderPlaceInput!) {{ orderPlace(input: $input) {{ order {{ id {Shown} }} problems {{ code }} }} }}",
            new { input }
        );
        return answer.GetProperty("orderPlace").GetProperty("order");
    }

    private async Task ZoneAsync(string country, string percent)
    {
        string[] countries = [country];
        var saved = await _counter.DoAsync(
            "taxZoneSave",
            "TaxZoneSaveInput",
            new
            {
                title = country,
                countries,
                rates = new[] { new { name = "VAT", percent } },
            },
            "replayed"
        );
        Assert.Equal("[]", Json(saved.GetProperty("problems")));
    }
}
