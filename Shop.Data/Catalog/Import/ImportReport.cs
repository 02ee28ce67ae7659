using System.Runtime.InteropServices;
using Shop.Data.Kernel;

namespace Shop.Data.Catalog.Import;

/// <summary>What an import did.</summary>
/// <param name="Products">Products added, changed, and found as they were.</param>
/// <param name="Variants">SKUs added, changed, and found as they were.</param>
/// <param name="LeftOut">Rows that are no goods, by the rule they fell under; rules that took none are absent.</param>
/// <param name="FaultCount">Rows that could not be read.</param>
/// <param name="Faults">The first <see cref="MaxFaults"/> of them, in the order of the file.</param>
public sealed record ImportReport(
    Tally Products,
    Tally Variants,
    IReadOnlyDictionary<NoGoods, int> LeftOut,
    int FaultCount,
    IReadOnlyList<ImportFault> Faults
)
{
    /// <summary>Past these a reader learns nothing new, and the list has to stay short whatever the file.</summary>
    public const int MaxFaults = 100;
}

/// <summary>How many rows of one kind an import met.</summary>
/// <param name="Added">New to the shop.</param>
/// <param name="Changed">Known, and different in the file.</param>
/// <param name="Unchanged">Known, and the same.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tally(int Added, int Changed, int Unchanged)
{
    /// <summary>Both counted together.</summary>
    public static Tally operator +(Tally left, Tally right) =>
        new(left.Added + right.Added, left.Changed + right.Changed, left.Unchanged + right.Unchanged);
}

/// <summary>A row that was not loaded.</summary>
/// <param name="Line">Where it begins in the file, from 1; the header of a CSV file is line 1.</param>
/// <param name="Reason">What is wrong with it, for whoever wrote the file.</param>
public sealed record ImportFault(int Line, string Reason);

/// <summary>A SKU of the file and the units it opens with, for whoever keeps the stock.</summary>
/// <param name="VariantId">The SKU's id in the catalogue.</param>
/// <param name="Sku">The seller's code.</param>
/// <param name="Units">One or more; see <see cref="OpeningStock"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ImportedStock(VariantId VariantId, string Sku, int Units);
