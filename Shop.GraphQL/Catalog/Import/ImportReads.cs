using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Loading;
using Shop.GraphQL.Schema.Paging;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>Imports, for those who have the role.</summary>
internal sealed class ImportById(Reads<CatalogDb> reads) : Loader<ImportId, CatalogImport>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<ImportId, CatalogImport>> FetchAsync(
        IReadOnlyList<ImportId> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        return await db
            .Imports.Where(row => keys.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, CatalogImport.Of, cancel);
    }
}

/// <summary>The errors of one import, a page at a time.</summary>
internal sealed class ImportErrors(Reads<CatalogDb> reads)
{
    /// <summary>Those after the page's cursor.</summary>
    public async Task<Connection<ImportError>> ReadAsync(
        ImportId import,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        var after = page.Cursor is null ? 0 : LineOf(page.Cursor);
        var rows = await db
            .ImportErrors.Where(error => error.ImportId == import && error.Line > after)
            .OrderBy(error => error.Line)
            .Take(((Page)page).Take)
            .Select(error => new ImportError(error.Line, error.Field, error.Code, error.Message, error.Text))
            .ToListAsync(cancel);
        return Connection<ImportError>.Of(rows, page, error => Cursor.Of($"{error.Row}"));
    }

    private static int LineOf(string cursor) =>
        int.TryParse(Cursor.Read(cursor, 1)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? line
            : throw Cursor.Invalid(cursor);
}
