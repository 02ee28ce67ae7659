using Shop.Data.Storage;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// The catalogue that comes with the shop: every article that a British gift shop sold in ten months (Chen, D.,
/// "Online Retail", UCI Machine Learning Repository, 2015, CC BY 4.0). The file is as published, reshaped to one row
/// per SKU; titles, options, categories and tags are derived by the import.
/// </summary>
public sealed class SampleCatalog(ImportCatalog import, Database<CatalogDb> database, TimeProvider clock)
{
    private const string FileName = "online-retail-catalog.csv.gz";

    /// <summary>
    /// Loads it, once in the life of a database: one statement tells that it is there. A load that was killed is
    /// finished by the next call.
    /// </summary>
    /// <param name="openStock">See <see cref="ImportCatalog.RunAsync"/>.</param>
    /// <param name="cancel">Ends the load; the next call goes on.</param>
    /// <returns>What was loaded; null if it was there.</returns>
    public async Task<ImportReport?> RunAsync(
        Func<IReadOnlyList<ImportedStock>, CancellationToken, Task> openStock,
        CancellationToken cancel
    )
    {
        if (await IsLoadedAsync(cancel))
        {
            return null;
        }

        await using var file = Open();
        var report = await import.RunAsync(file, ImportFormat.Csv, openStock, cancel);
        await using var mark = database.Primary.CreateCommand(
            "insert into catalog.loaded_file (name, loaded_at) values ($1, $2) on conflict do nothing"
        );
        mark.Parameters.Add(Sql.Value(FileName));
        mark.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        await mark.ExecuteNonQueryAsync(cancel);
        return report;
    }

    /// <summary>The file itself.</summary>
    internal static Stream Open() =>
        typeof(SampleCatalog).Assembly.GetManifestResourceStream($"Shop.Data.Catalog.Sample.{FileName}")!;

    private async Task<bool> IsLoadedAsync(CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            "select exists (select from catalog.loaded_file where name = $1)"
        );
        command.Parameters.Add(Sql.Value(FileName));
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
