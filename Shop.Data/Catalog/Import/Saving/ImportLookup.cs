using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// How far imports are, for those who wait for one. Reads the primary: what was announced may not have reached a replica.
/// </summary>
public sealed class ImportLookup(Database<CatalogDb> database)
{
    /// <summary>One import; null where there is none.</summary>
    public async Task<CatalogImport?> FindAsync(ImportId id, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.Imports.SingleOrDefaultAsync(import => import.Id == id, cancel);
    }

    /// <summary>The import that a key has started; null where there is none.</summary>
    public async Task<CatalogImport?> FindAsync(Guid idempotencyKey, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.Imports.SingleOrDefaultAsync(
            import => import.IdempotencyKey == idempotencyKey,
            cancel
        );
    }

    /// <summary>What came of an import.</summary>
    internal async Task<ImportReport> ReportAsync(CatalogImport import, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        var faults = await db
            .ImportErrors.Where(error => error.ImportId == import.Id)
            .OrderBy(error => error.Line)
            .Take(ImportReport.MaxFaults)
            .ToListAsync(cancel);
        return ImportReport.Of(import, faults);
    }
}
