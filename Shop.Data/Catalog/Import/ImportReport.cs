using System.Runtime.InteropServices;

namespace Shop.Data.Catalog.Import;

/// <summary>What an import did.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Products">Products added, changed, and found as they were.</param>
/// <param name="Variants">SKUs added, changed, and found as they were.</param>
/// <param name="ColumnsNotRead">Columns whose names no import knows.</param>
/// <param name="FaultCount">Rows that could not be saved.</param>
/// <param name="Faults">The first <see cref="MaxFaults"/> of them, in the order of the file.</param>
public sealed record ImportReport(
    ImportStatus Status,
    string? Failure,
    Tally Products,
    Tally Variants,
    IReadOnlyList<string> ColumnsNotRead,
    int FaultCount,
    IReadOnlyList<ImportError> Faults
)
{
    /// <summary>Past these a reader learns nothing new, and the list has to stay short whatever the file.</summary>
    public const int MaxFaults = 100;

    internal static ImportReport Of(CatalogImport import, IReadOnlyList<ImportError> faults) =>
        new(
            import.Status,
            import.Failure,
            import.Products,
            import.Variants,
            import.ColumnsNotRead,
            import.RowsFailed,
            faults
        );
}

/// <summary>How many rows of one kind an import met.</summary>
/// <param name="Added">New to the shop.</param>
/// <param name="Changed">Known, and different in the file.</param>
/// <param name="Unchanged">Known, and the same.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tally(int Added, int Changed, int Unchanged);
