using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using ImportRow = Shop.Data.Catalog.Import.CatalogImport;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>A file of products on its way into the catalogue, or what came of it.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Failure">Why it failed; null unless its status is `FAILED`.</param>
/// <param name="Policy">What becomes of rows that cannot be saved.</param>
/// <param name="Format">How the file is written.</param>
/// <param name="Url">Where the file is; null for one that was imported by the shop's own command line.</param>
/// <param name="OpensStock">Whether SKUs that were never counted get units to sell.</param>
/// <param name="ColumnsNotRead">Columns of the file, or properties of its objects, that an import does not know and has not read, and `stock` where who asked for it has no role STOCK; the first 100, sorted.</param>
/// <param name="Rows">The rows of the file, by what became of them so far.</param>
/// <param name="Products">The products of the file, by what became of them so far; null until all rows are read and checked.</param>
/// <param name="Variants">The SKUs of the file, by what became of them so far; null until all rows are read and checked.</param>
/// <param name="Progress">How much is done, 0 to 1.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began; null while it waits for its turn.</param>
/// <param name="FinishedAt">When it became final; null until then.</param>
/// <param name="Version">Rises with every change; drop what is older than what you have.</param>
[Staff(StaffRole.Catalog)]
internal sealed record CatalogImport(
    ImportId Id,
    ImportStatus Status,
    string? Failure,
    ImportErrorPolicy Policy,
    ImportFormat Format,
    Uri? Url,
    bool OpensStock,
    [property: ListSize(100)] IReadOnlyList<string> ColumnsNotRead,
    ImportRowCounts Rows,
    ImportCounts? Products,
    ImportCounts? Variants,
    double Progress,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    int Version
) : Node
{
    /// <summary>Rows that could not be saved, in the order of the file: the first 10,000, for as long as the shop keeps them.</summary>
    public IDataLoaderResult<Connection<ImportError>> Errors(
        ForwardPage page,
        [FromServices] LoaderContext loaders
    ) => loaders.Get<ErrorsOfImport>().Load(Id, page, error => Cursor.Of(error.Row));

    /// <summary>Who started it; null where the shop's own command line did.</summary>
    internal CustomerId? ActorId { get; init; }

    internal static CatalogImport Of(ImportRow row) =>
        new(
            row.Id,
            row.Status,
            row.Failure,
            row.Policy,
            row.Format,
            row.Url is null ? null : new Uri(row.Url),
            row.OpensStock,
            row.ColumnsNotRead,
            new(row.RowsRead, row.RowsSaved, row.RowsFailed, LeftOut: 0),
            row.IsStaged ? ImportCounts.Of(row.Products) : null,
            row.IsStaged ? ImportCounts.Of(row.Variants) : null,
            row.Progress,
            row.CreatedAt,
            row.StartedAt,
            row.FinishedAt,
            row.Version
        )
        {
            ActorId = row.ActorId,
        };
}

/// <summary>Rows of a file, by what became of them.</summary>
/// <param name="Read">Read so far, the header not counted.</param>
/// <param name="Saved">Saved, those included that changed nothing.</param>
/// <param name="Failed">Not saved, each with an error.</param>
/// <param name="LeftOut">0: each row is saved, or fails with an error.</param>
[Staff(StaffRole.Catalog)]
internal sealed record ImportRowCounts(
    int Read,
    int Saved,
    int Failed,
    [property: Deprecated("Use `failed`: no row is left out without an error.", until: "2027-03-31")]
        int LeftOut
);

/// <summary>What an import found, by what became of it.</summary>
/// <param name="Added">New to the shop.</param>
/// <param name="Changed">Known, and different in the file.</param>
/// <param name="Unchanged">Known, and the same.</param>
[Staff(StaffRole.Catalog)]
internal sealed record ImportCounts(int Added, int Changed, int Unchanged)
{
    internal static ImportCounts Of(Tally tally) => new(tally.Added, tally.Changed, tally.Unchanged);
}

/// <summary>Why a row of a file was not saved.</summary>
/// <param name="Row">The line on which it begins, from 1; the header of a CSV file is line 1.</param>
/// <param name="Field">The column that is to blame; null where no one is.</param>
/// <param name="Code">What is wrong, for a program.</param>
/// <param name="Message">What is wrong, in English, for the author of the file.</param>
/// <param name="Text">What stands there, at most 200 characters of it; null where nothing does.</param>
[Staff(StaffRole.Catalog)]
internal sealed record ImportError(
    int Row,
    string? Field,
    ImportErrorCode Code,
    string Message,
    string? Text
);
