using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import;

/// <summary>Names an import of the catalogue.</summary>
public readonly record struct ImportId(long Value) : IRowId<ImportId>
{
    /// <inheritdoc />
    public static ImportId From(long value) => new(value);
}

/// <summary>
/// One import of a file: what was asked for, how far it is, and what came of it. The worker that holds its lease moves
/// it on, each time in the transaction of what was done.
/// </summary>
public sealed class CatalogImport
{
    /// <summary>Sorts by time of birth.</summary>
    public ImportId Id { get; init; }

    /// <summary>Chosen by the caller that asked for it. Unique.</summary>
    public Guid IdempotencyKey { get; init; }

    /// <summary>Over what was asked for: the same key with another input is a conflict.</summary>
    public byte[] Fingerprint { get; init; } = [];

    /// <summary>Who asked for it; null for the shop's own command line.</summary>
    public CustomerId? ActorId { get; init; }

    /// <summary>Where the file is; null where it came from the shop's own command line.</summary>
    public string? Url { get; init; }

    /// <summary>The file itself, once it is in the shop.</summary>
    public StagedFileId? FileId { get; internal set; }

    /// <summary>How the file is written.</summary>
    public ImportFormat Format { get; init; }

    /// <summary>What becomes of rows that cannot be saved.</summary>
    public ImportErrorPolicy Policy { get; init; }

    /// <summary>Whether SKUs that were never counted get units to sell; see <see cref="OpeningStock"/>.</summary>
    public bool OpensStock { get; init; }

    /// <summary>Whether the column <c>stock</c> is read: who asked for it may count stock.</summary>
    public bool CountsStock { get; init; }

    /// <summary>Where it stands.</summary>
    public ImportStatus Status { get; internal set; }

    /// <summary>Why it failed, in words for staff; null where it did not.</summary>
    public string? Failure { get; internal set; }

    /// <summary>Bytes of the file, as it was sent.</summary>
    public long TotalBytes { get; internal set; }

    /// <summary>Bytes of it that are read.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>The last line that is read, and whose row is staged or reported.</summary>
    public int LastLine { get; internal set; }

    /// <summary>Whether the file is read to its end, or to where reading has to end.</summary>
    public bool IsRead { get; internal set; }

    /// <summary>Whether all rows are read and checked.</summary>
    public bool IsStaged { get; internal set; }

    /// <summary>Article code of the last product that is saved.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Rows of the file, its header not counted.</summary>
    public int RowsRead { get; internal set; }

    /// <summary>Rows that wait to be saved or are saved.</summary>
    public int RowsStaged { get; internal set; }

    /// <summary>Rows that are saved, those included that changed nothing.</summary>
    public int RowsSaved { get; internal set; }

    /// <summary>Rows that cannot be saved, all of them counted.</summary>
    public int RowsFailed { get; internal set; }

    /// <summary>Errors that are kept.</summary>
    public int ErrorsKept { get; internal set; }

    /// <summary>Columns of the file whose names no import knows, sorted; the first hundred of them.</summary>
    public string[] ColumnsNotRead { get; internal set; } = [];

    /// <summary>New products.</summary>
    public int ProductsAdded { get; internal set; }

    /// <summary>Products that differed in the file.</summary>
    public int ProductsChanged { get; internal set; }

    /// <summary>Products that are as in the file.</summary>
    public int ProductsUnchanged { get; internal set; }

    /// <summary>New SKUs.</summary>
    public int VariantsAdded { get; internal set; }

    /// <summary>SKUs that differed in the file.</summary>
    public int VariantsChanged { get; internal set; }

    /// <summary>SKUs that are as in the file.</summary>
    public int VariantsUnchanged { get; internal set; }

    /// <summary>Rises by one with every change of this row but the renewal of its lease.</summary>
    public int Version { get; internal set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first worker began.</summary>
    public DateTimeOffset? StartedAt { get; internal set; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>Whether it is to end as <see cref="ImportStatus.Cancelled"/> at the next batch.</summary>
    public bool CancelRequested { get; internal set; }

    /// <summary>The worker that holds it.</summary>
    public string? LeaseOwner { get; internal set; }

    /// <summary>Until when no other worker takes it.</summary>
    public DateTimeOffset? LeaseUntil { get; internal set; }

    /// <summary>Workers that took it since it last moved.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Whether nothing more comes.</summary>
    public bool IsFinal => Status > ImportStatus.Running;

    /// <summary>Products, by what became of them.</summary>
    public Tally Products => new(ProductsAdded, ProductsChanged, ProductsUnchanged);

    /// <summary>SKUs, by what became of them.</summary>
    public Tally Variants => new(VariantsAdded, VariantsChanged, VariantsUnchanged);

    /// <summary>How much is done, 0 to 1: reading is taken for a quarter of the work.</summary>
    public double Progress =>
        Status == ImportStatus.Done ? 1
        : IsStaged ? Reading + (1 - Reading) * RowsSaved / Math.Max(1, RowsStaged)
        : TotalBytes > 0 ? Reading * Math.Min(1, (double)BytesRead / TotalBytes)
        : 0;

    private const double Reading = 0.25;

    /// <summary>Counts what a batch did.</summary>
    internal void Count(int rows, Tally products, Tally variants)
    {
        RowsSaved += rows;
        ProductsAdded += products.Added;
        ProductsChanged += products.Changed;
        ProductsUnchanged += products.Unchanged;
        VariantsAdded += variants.Added;
        VariantsChanged += variants.Changed;
        VariantsUnchanged += variants.Unchanged;
    }
}
