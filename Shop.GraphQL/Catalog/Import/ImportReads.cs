using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>Imports, for those who have the role.</summary>
internal sealed class ImportById(Reads<CatalogDb> reads)
    : RowLoader<CatalogDb, ImportId, CatalogImport>(reads, import => import.Id)
{
    /// <inheritdoc />
    protected override IQueryable<CatalogImport> Rows(CatalogDb db, IReadOnlyList<ImportId> keys) =>
        db.Imports.Where(row => keys.Contains(row.Id)).Select(row => CatalogImport.Of(row));
}

/// <summary>An import's errors, in the order of the file.</summary>
internal sealed class ErrorsOfImport(Reads<CatalogDb> reads) : PageLoader<ImportId, ImportError>
{
    /// <inheritdoc />
    protected override async Task<ILookup<ImportId, ImportError>> FetchAsync(
        IReadOnlyList<ImportId> keys,
        Page page,
        CancellationToken cancel
    )
    {
        var imports = keys.Select(key => key.Value).ToArray();
        var after = Cursor.Number(page.Cursor) ?? 0;
        if (after > int.MaxValue)
        {
            throw Cursor.Invalid(page.Cursor!);
        }

        await using var db = await reads.OpenAsync(cancel);
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                select i.id as import_id, e.line, e.field, e.code, e.message, e.text
                from unnest({imports}) as i(id)
                cross join lateral (
                    select * from catalog.import_error
                    where import_id = i.id and line > {after}
                    order by line
                    limit {page.Take}
                ) e
                order by i.id, e.line
                """
            )
            .ToListAsync(cancel);
        return rows.ToLookup(row => new ImportId(row.ImportId), row => row.Error);
    }

    private sealed record Row(
        long ImportId,
        int Line,
        string? Field,
        short Code,
        string Message,
        string? Text
    )
    {
        public ImportError Error => new(Line, Field, (ImportErrorCode)Code, Message, Text);
    }
}
