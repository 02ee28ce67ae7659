using System.Text.Json;

namespace Shop.Load.Client;

/// <summary>A SKU, and how many of it can be sold.</summary>
internal readonly record struct KnownSku(string Sku, int Available);

/// <summary>Learns what the shop sells by turning its pages.</summary>
internal static class Catalogue
{
    /// <summary>Every SKU, in the order of the pages.</summary>
    public static async Task<IReadOnlyList<KnownSku>> SkusAsync(ShopClient shop, CancellationToken cancel)
    {
        var skus = new List<KnownSku>();
        string? after = null;
        do
        {
            var data = await shop.AskAsync(Operation.Skus, new { after }, cancel);
            var page = data.GetProperty("products");
            foreach (var product in page.GetProperty("nodes").EnumerateArray())
            {
                var variants = product.GetProperty("variants");
                Add(skus, variants);
                for (var more = Next(variants); more is not null; more = Next(variants))
                {
                    var rest = await shop.AskAsync(
                        Operation.MoreSkus,
                        new { product = product.GetProperty("id").GetString(), after = more },
                        cancel
                    );
                    variants = rest.GetProperty("product").GetProperty("variants");
                    Add(skus, variants);
                }
            }

            after = Next(page);
        } while (after is not null);

        return skus;
    }

    /// <summary>The cursor that asks for the page after this one; null on the last.</summary>
    public static string? Next(JsonElement connection) =>
        connection.GetProperty("pageInfo") is { } page && page.GetProperty("hasNextPage").GetBoolean()
            ? page.GetProperty("endCursor").GetString()
            : null;

    private static void Add(List<KnownSku> skus, JsonElement variants)
    {
        foreach (var variant in variants.GetProperty("nodes").EnumerateArray())
        {
            skus.Add(
                new(
                    variant.GetProperty("sku").GetString()!,
                    variant.GetProperty("availability").GetProperty("available").GetInt32()
                )
            );
        }
    }
}
