using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Fills a shop from a text.</summary>
internal static class Importing
{
    /// <summary>Imports CSV, and counts each of its SKUs before Inventory hears of them.</summary>
    /// <param name="units">How many of a SKU there shall be.</param>
    /// <returns>The SKUs that are in the shop by then.</returns>
    public static async Task<IReadOnlyDictionary<string, VariantId>> ImportAsync(
        this ShopFixture shop,
        string csv,
        Func<string, int> units
    )
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        await shop.Get<ImportCatalog>().RunAsync(file, ImportFormat.Csv, CancellationToken.None);
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        var variants = await db.Variants.ToDictionaryAsync(variant => variant.Sku, variant => variant.Id);
        await shop.Get<OpenStock>()
            .RunAsync([.. variants.Select(sku => (sku.Value, units(sku.Key)))], CancellationToken.None);
        return variants;
    }
}
