using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// The catalogue that comes with the shop: every article that a British gift shop sold in ten months (Chen, D.,
/// "Online Retail", UCI Machine Learning Repository, 2015, CC BY 4.0). SKUs, prices, units and days are as published; titles,
/// descriptions, options, categories and tags were made from the tills' texts. It is a file as any shop may import.
/// </summary>
public sealed class SampleCatalog(
    ImportCatalog importCatalog,
    ImportLookup imports,
    IOptions<ShopOptions> shop
)
{
    /// <summary>What its prices were in, with two decimals.</summary>
    private const string Currency = "GBP";

    private const string FileName = "online-retail-catalog.csv.gz";

    /// <summary>The key of its import: it is loaded once in the life of a database.</summary>
    internal static readonly Guid Key = new("0192d4a0-5a3e-7c11-8e57-6f6e6c696e65");

    /// <summary>Whether a shop of this currency can sell it: its prices have two decimals.</summary>
    public bool IsOffered => Currencies.MinorUnit(shop.Value.Currency) <= 0.01m;

    /// <summary>Loads it, unless it was; a load that was killed is finished by the next call.</summary>
    /// <param name="cancel">Ends the load; the next call goes on.</param>
    /// <returns>What was loaded; null if it was there.</returns>
    public async Task<ImportReport?> RunAsync(CancellationToken cancel)
    {
        var import = await imports.FindAsync(Key, cancel);
        if (import?.IsFinal == true)
        {
            return null;
        }

        return await importCatalog.FinishAsync(import?.Id ?? await StartAsync(cancel), cancel);
    }

    /// <summary>The file itself.</summary>
    internal static Stream Open() =>
        typeof(SampleCatalog).Assembly.GetManifestResourceStream($"Shop.Data.Catalog.Sample.{FileName}")!;

    // It is there to be tried: a shop of another currency sells it at the same figures.
    private static async Task<Stream> OpenInAsync(string currency, CancellationToken cancel)
    {
        const string Prices = "list_price_";
        using var text = new StreamReader(new GZipStream(Open(), CompressionMode.Decompress));
        var rows = (await text.ReadToEndAsync(cancel)).Replace(
            Prices + Currency.ToLowerInvariant(),
            Prices + currency.ToLowerInvariant(),
            StringComparison.Ordinal
        );
        return new MemoryStream(Encoding.UTF8.GetBytes(rows));
    }

    private async Task<ImportId> StartAsync(CancellationToken cancel)
    {
        await using var file =
            shop.Value.Currency == Currency ? Open() : await OpenInAsync(shop.Value.Currency, cancel);
        return await importCatalog.StartAsync(Key, file, ImportFormat.Csv, cancel);
    }
}
