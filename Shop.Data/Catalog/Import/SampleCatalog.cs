using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// The catalogue that comes with the shop: every article that a British gift shop sold in ten months (Chen, D.,
/// "Online Retail", UCI Machine Learning Repository, 2015, CC BY 4.0). SKUs, prices, units and days are as published; titles,
/// descriptions, options, categories and tags were made from the tills' texts. It is a file as any shop may import.
/// </summary>
public sealed class SampleCatalog(ImportCatalog importCatalog, ImportLookup imports)
{
    /// <summary>What its prices are in; a shop of another currency has no use for it.</summary>
    public const string Currency = "GBP";

    private const string FileName = "online-retail-catalog.csv.gz";

    /// <summary>The key of its import: it is loaded once in the life of a database.</summary>
    internal static readonly Guid Key = new("0192d4a0-5a3e-7c11-8e57-6f6e6c696e65");

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

    private async Task<ImportId> StartAsync(CancellationToken cancel)
    {
        await using var file = Open();
        return await importCatalog.StartAsync(Key, file, ImportFormat.Csv, cancel);
    }
}
