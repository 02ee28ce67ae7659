using System.Collections.Frozen;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Load.Plan;
using Shop.Load.Replay;
using Shop.Tests.Architecture;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Counter;

namespace Shop.Tests.Pricing;

/// <summary>
/// What staff previews is what an order is charged: for carts of real orders, with fifty promotions and a code. <c>SHOP_ORDERS</c> names a
/// file with a thousand of them or more (Chen, D., "Online Retail", UCI Machine Learning Repository, 2015, CC BY 4.0, of which this is a part).
/// </summary>
public sealed class PreviewedOrderTests(SampleShop sample) : IClassFixture<SampleShop>
{
    private const string Code = "REAL10";
    private const int Most = 1_000;

    private const string Cost =
        "cost { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } "
        + "promotions { promotion { title } code isApplied amount { amount } reason missing { amount } missingUnits } }";

    private static string? Given => Environment.GetEnvironmentVariable("SHOP_ORDERS");

    private ShopFixture Shop => sample.Shop;

    [Fact]
    public async Task A_preview_is_what_the_order_is_charged()
    {
        await PlanAsync();
        var (seen, reduced, typed) = (0, 0, 0);
        await foreach (var invoice in InvoicesAsync())
        {
            string[] codes = seen % 3 == 0 ? [Code] : [];
            var previewed = await PreviewAsync(invoice, codes);
            var placed = await PlaceAsync(invoice, codes, Total(previewed));

            Assert.Equal("[]", Json(placed.GetProperty("problems")));
            Assert.Equal(
                Json(previewed.GetProperty("cost")),
                Json(placed.GetProperty("order").GetProperty("cost"))
            );
            seen++;
            reduced +=
                Text(previewed.GetProperty("cost").GetProperty("discount"), "amount") == "0.00" ? 0 : 1;
            typed += Json(previewed).Contains(Code, StringComparison.Ordinal) ? 1 : 0;
        }

        var least = Given is null ? 30 : Most;
        Assert.True(seen >= least && reduced > seen / 2 && typed > seen / 4, $"{seen}, {reduced}, {typed}");
    }

    private async Task PlanAsync()
    {
        var save = Shop.Get<SavePromotion>();
        foreach (var deal in Deals.Of(50, "GBP"))
        {
            Assert.IsType<SavePromotionResult.Saved>(await save.RunAsync(Request(deal), default));
        }

        var ten = Request(Deals.Limited(1_000_000, needsCode: true));
        var saved = Assert.IsType<SavePromotionResult.Saved>(await save.RunAsync(ten, default));
        await Shop.Get<CreateCodes>()
            .RunAsync(new(Guid.CreateVersion7(), saved.Id, [Code], 0, "", null, new(7)), default);
    }

    private static SavePromotionRequest Request(Promotion promotion) =>
        new(Guid.CreateVersion7(), Id: null, IfVersion: null, promotion, new CustomerId(7));

    private async IAsyncEnumerable<Invoice> InvoicesAsync()
    {
        var path = Given ?? Path.Combine(Papers.Root, "tests", "Shop.Tests", "Pricing", "real-orders.csv");
        var sold = sample.Stock.Keys.ToFrozenSet(StringComparer.Ordinal);
        var (skipped, count) = (new Skipped(), 0);
        using var file = new OrdersFile(path);
        await foreach (var rows in file.InvoicesAsync())
        {
            if (count < Most && Invoice.Of(rows, sold, skipped) is { } invoice)
            {
                count++;
                yield return invoice;
            }
        }
    }

    private static object[] Lines(Invoice invoice) =>
        [.. invoice.Lines.Select(line => new { variant = new { sku = line.Sku }, quantity = line.Quantity })];

    private async Task<JsonElement> PreviewAsync(Invoice invoice, string[] codes)
    {
        var input = new
        {
            lines = Lines(invoice),
            country = invoice.CountryCode,
            codes,
        };
        var answer = await Shop.AskAsync(
            Askers.Staff(StaffRole.Pricing),
            $$"""mutation($input: QuotePreviewInput!) { quotePreview(input: $input) { {{Cost}} problems { code field message } } }""",
            new { input }
        );
        var preview = answer.GetProperty("quotePreview");
        Assert.Equal("[]", Json(preview.GetProperty("problems")));
        return preview;
    }

    private async Task<JsonElement> PlaceAsync(Invoice invoice, string[] codes, string ifTotal)
    {
        var made = await Shop.AskAsync(
            Askers.Guest,
            "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } problems { code } } }",
            new { input = new { lines = Lines(invoice) } }
        );
        var cart = Text(made.GetProperty("cartCreate").GetProperty("cart"), "id");
        foreach (var code in codes)
        {
            await new Counter(Shop).TypeAsync(cart, code);
        }

        var input = new
        {
            idempotencyKey = Guid.CreateVersion7(),
            cartId = cart,
            email = invoice.Email,
            ifTotal = new { amount = ifTotal, currencyCode = "GBP" },
            shippingAddress = new
            {
                name = "Ada",
                line1 = "1 Hill",
                city = "London",
                postalCode = "N1",
                countryCode = invoice.CountryCode,
            },
        };
        var answer = await Shop.AskAsync(
            Askers.Guest,
            $$"""mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { {{Cost}} } problems { code message } } }""",
            new { input }
        );
        return answer.GetProperty("orderPlace");
    }
}
