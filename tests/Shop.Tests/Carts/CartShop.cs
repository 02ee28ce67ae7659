using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Carts;

/// <summary>
/// A shop with a mug (1.50, 10 in stock), a jug (3.25, 10 in stock), and sixty tins (0.01 to 0.60, 100 each in stock).
/// </summary>
public sealed class CartShop : IAsyncLifetime
{
    /// <summary>What a client shows of a cart.</summary>
    public const string Shown = """
        version quantity updatedAt expiresAt
        lines {
          sku quantity selected variant { title } unitPrice { amount currencyCode } total { amount }
          problems { code message }
        }
        cost { subtotal { amount currencyCode } discount { amount } shipping { amount } tax { amount } total { amount } }
        problems {
          code message field
          ... on InsufficientStock { variant { sku } requested available }
          ... on PriceChanged { variant { sku } previous { amount } current { amount } }
          ... on NotFound { id }
        }
        """;

    private static readonly string _catalog = string.Join(
        '\n',
        [
            "sku,product_code,title,list_price_gbp",
            "MUG,MUG,Striped Mug,1.50",
            "JUG,JUG,Enamel Jug,3.25",
            .. Enumerable
                .Range(1, 60)
                .Select(tin => $"TIN{tin},TIN{tin},Cake Tin Number {tin},{tin / 100m:0.00}"),
        ]
    );

    /// <summary>Everything else of the shop.</summary>
    public ShopFixture Shop { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        await Shop.ImportAsync(_catalog, sku => sku.StartsWith("TIN", StringComparison.Ordinal) ? 100 : 10);
        await Shop.ReplicaCaughtUpAsync();
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    /// <summary>Runs one mutation and shows its payload.</summary>
    public Task<string> ChangeAsync(string field, string input) =>
        Shop.AskAsync(
            $$"""mutation { {{field}}(input: {{input}}) { cart { {{Shown}} } problems { code message field } } }"""
        );

    /// <summary>Makes a cart and gives its id and the ids of its lines, in their order.</summary>
    public async Task<(string Id, string[] Lines)> CreateAsync(params (string Sku, int Quantity)[] lines)
    {
        var input = string.Join(
            ", ",
            lines.Select(line => $$"""{variant: {sku: "{{line.Sku}}"}, quantity: {{line.Quantity}}}""")
        );
        var answer = await Shop.AskJsonAsync(
            $$"""mutation { cartCreate(input: {lines: [{{input}}]}) { cart { id lines { id } } problems { message } } }"""
        );
        var cart = answer.GetProperty("cartCreate").GetProperty("cart");
        return (
            cart.GetProperty("id").GetString()!,
            [
                .. cart.GetProperty("lines")
                    .EnumerateArray()
                    .Select(line => line.GetProperty("id").GetString()!),
            ]
        );
    }

    /// <summary>Shows a cart.</summary>
    public Task<string> ShowAsync(string cart) =>
        Shop.AskAsync($$"""{ cart(id: "{{cart}}") { {{Shown}} } }""");

    /// <summary>A cart's version, for what needs no more of it.</summary>
    public async Task<JsonElement> FindAsync(string cart) =>
        (await Shop.AskJsonAsync($$"""{ cart(id: "{{cart}}") { version quantity } }""")).GetProperty("cart");

    /// <summary>The seller changes a price, or takes a thing off the shelf.</summary>
    public async Task ChangeCatalogAsync(string sku, long? price = null, ProductStatus? status = null)
    {
        await using var db = Shop.Get<Database<CatalogDb>>().OpenPrimary();
        if (price is { } minor)
        {
            await db
                .Variants.Where(row => row.Sku == sku)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PriceMinor, minor));
        }

        if (status is { } now)
        {
            await db
                .Products.Where(row => row.Code == sku)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, now));
        }

        // By hand, in place of the verb: it is announced by hand, too.
        var products = await db.Products.Where(row => row.Code == sku).Select(row => row.Id).ToListAsync();
        await Shop.Get<CatalogAnnouncements>().PublishAsync(products);
        await Shop.ReplicaCaughtUpAsync();
    }
}
