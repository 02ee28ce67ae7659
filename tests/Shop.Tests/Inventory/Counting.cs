using System.Security.Claims;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Inventory;

/// <summary>What staff sends to keep the stock, and what comes back.</summary>
internal static class Counting
{
    private const string Answer = """
        {
          replayed
          variant { sku availability { available } stock { available version } }
          problems {
            code message field
            ... on StockChanged { current variant { sku } }
            ... on InsufficientStock { requested available variant { sku } }
          }
        }
        """;

    public static ClaimsPrincipal Counter { get; } = Askers.Staff(StaffRole.Stock);

    /// <summary>A SKU of a new product, with that much stock.</summary>
    public static async Task<(VariantId Id, string Sku)> StockedAsync(
        this ShopFixture shop,
        int units,
        string status = "ACTIVE"
    )
    {
        var product = await shop.SavedAsync(Shelving.Mug(status));
        var variant = product.GetProperty("variants").GetProperty("nodes")[0];
        var sku = variant.GetProperty("sku").GetString()!;
        if (units > 0)
        {
            Assert.Empty((await shop.SetAsync(sku, units)).Problems);
        }

        return (GlobalId.Parse(variant.Id()).To<VariantId>(), sku);
    }

    public static async Task<Shelving.Payload> SetAsync(
        this ShopFixture shop,
        string sku,
        int available,
        int? changeFrom = null,
        Guid? key = null
    ) =>
        await SendAsync(
            shop,
            "stockSet",
            "StockSetInput",
            new
            {
                idempotencyKey = key ?? Guid.CreateVersion7(),
                variant = new { sku },
                available,
                changeFrom,
            }
        );

    public static async Task<Shelving.Payload> AdjustAsync(
        this ShopFixture shop,
        string sku,
        int by,
        string reason = "Broken",
        Guid? key = null
    ) =>
        await SendAsync(
            shop,
            "stockAdjust",
            "StockAdjustInput",
            new
            {
                idempotencyKey = key ?? Guid.CreateVersion7(),
                variant = new { sku },
                by,
                reason,
            }
        );

    /// <summary>What is left, as the payload shows it.</summary>
    public static int Available(this Shelving.Payload payload) =>
        payload.Thing.GetProperty("stock").GetProperty("available").GetInt32();

    /// <summary>SKUs whose ledger does not add up; none in a sound shop.</summary>
    public static async Task<int> DifferencesAsync(this ShopFixture shop) =>
        await shop.Get<StockConsistency>().DifferencesAsync(CancellationToken.None).CountAsync();

    private static async Task<Shelving.Payload> SendAsync(
        ShopFixture shop,
        string verb,
        string type,
        object input
    )
    {
        var data = await shop.AskAsync(
            Counter,
            $"mutation ($input: {type}!) {{ {verb}(input: $input) {Answer} }}",
            new { input }
        );
        return new(data.GetProperty(verb), "variant");
    }
}
