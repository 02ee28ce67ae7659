using System.Globalization;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;

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

/// <summary>A page of an import's errors.</summary>
internal readonly record struct ErrorPage(ImportId Import, ForwardPage Page);

/// <summary>Such pages, in the order of the file: one statement per page size and place, whatever the number of imports.</summary>
internal sealed class ErrorsOfImport(Reads<CatalogDb> reads) : ListLoader<ErrorPage, ImportError>
{
    /// <summary>The page itself.</summary>
    public static IDataLoaderResult<Connection<ImportError>> Load(
        LoaderContext loaders,
        ImportId import,
        ForwardPage page
    ) =>
        loaders
            .Get<ErrorsOfImport>()
            .Load(new(import, page))
            .Select(errors => Connection<ImportError>.Of(errors, page, error => Cursor.Of($"{error.Row}")));

    /// <inheritdoc />
    protected override async Task<ILookup<ErrorPage, ImportError>> FetchAsync(
        IReadOnlyList<ErrorPage> keys,
        CancellationToken cancel
    )
    {
        await using var db = reads.Open();
        var found = new List<(ErrorPage Key, ImportError Error)>();
        foreach (var alike in keys.GroupBy(key => key.Page))
        {
            var rows = await ReadAsync(db, [.. alike.Select(key => key.Import.Value)], alike.Key, cancel);
            found.AddRange(rows.Select(row => (new ErrorPage(new(row.ImportId), alike.Key), row.Error)));
        }

        return found.ToLookup(row => row.Key, row => row.Error);
    }

    private static Task<List<Row>> ReadAsync(
        CatalogDb db,
        long[] imports,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        var after = page.Cursor is null ? 0 : LineOf(page.Cursor);
        var take = ((Page)page).Take;
        return db
            .Database.SqlQuery<Row>(
                $"""
                select i.id as import_id, e.line, e.field, e.code, e.message, e.text
                from unnest({imports}) as i(id)
                cross join lateral (
                    select * from catalog.import_error
                    where import_id = i.id and line > {after}
                    order by line
                    limit {take}
                ) e
                order by i.id, e.line
                """
            )
            .ToListAsync(cancel);
    }

    private static int LineOf(string cursor) =>
        int.TryParse(Cursor.Read(cursor, 1)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? line
            : throw Cursor.Invalid(cursor);

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
