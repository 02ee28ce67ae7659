using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>What imports add to the root.</summary>
internal sealed class ImportQueries(LoaderContext loaders, Reads<CatalogDb> reads)
{
    /// <summary>One import. Null where it does not exist.</summary>
    /// <param name="id">Which.</param>
    [Staff(StaffRole.Catalog)]
    public IDataLoaderResult<CatalogImport?> CatalogImport(ImportId id) => loaders.Get<ImportById>().Load(id);

    /// <summary>All imports there ever were, newest first.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<Connection<CatalogImport>> CatalogImportsAsync(
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = db.Imports.AsQueryable();
        if (Cursor.Number(page.Cursor) is { } before)
        {
            // Ids sort by time, so the newest are those with the greatest.
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var imports = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<CatalogImport>.Of(
            [.. imports.Select(Import.CatalogImport.Of)],
            page,
            import => Cursor.Of(import.Id.Value)
        );
    }
}
