namespace Shop.Data.Catalog.Import;

/// <summary>Counts what becomes of the rows of one file, and keeps the first faults.</summary>
internal sealed class ImportTally
{
    private readonly List<ImportFault> _faults = [];
    private readonly Dictionary<NoGoods, int> _leftOut = [];
    private int _faultCount;
    private Tally _products;
    private Tally _variants;

    /// <summary>The row that a line holds; null if it cannot be read or is no goods, which is counted.</summary>
    public ImportRow? Goods(SourceLine line)
    {
        if (line.Fields is null)
        {
            Fault(line.Number, line.Fault!);
            return null;
        }

        try
        {
            var row = ImportRow.Read(line.Fields);
            if (NoGoodsRule.Of(row) is not { } reason)
            {
                return row;
            }

            _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
        }
        catch (FormatException fault)
        {
            Fault(line.Number, fault.Message);
        }

        return null;
    }

    public void Fault(int line, string reason)
    {
        _faultCount++;
        if (_faults.Count < ImportReport.MaxFaults)
        {
            _faults.Add(new(line, reason));
        }
    }

    public void Saved(Tally products, Tally variants)
    {
        _products += products;
        _variants += variants;
    }

    public ImportReport Report() =>
        new(_products, _variants, _leftOut, _faultCount, [.. _faults.OrderBy(fault => fault.Line)]);
}
