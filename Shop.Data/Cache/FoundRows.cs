using System.Runtime.ExceptionServices;

namespace Shop.Data.Cache;

/// <summary>What became of some keys: each has a row, has none, or could not be read, which is the fault of no other key.</summary>
public sealed class FoundRows<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private readonly Dictionary<TKey, TRow> _rows = [];
    private readonly Dictionary<TKey, ExceptionDispatchInfo> _faults = [];

    /// <summary>Those that were found.</summary>
    public IReadOnlyDictionary<TKey, TRow> Rows => _rows;

    /// <summary>The row of a key; null where it has none.</summary>
    /// <exception cref="Exception">It could not be read; the fault of the read.</exception>
    public TRow? Of(TKey key)
    {
        if (_faults.TryGetValue(key, out var fault))
        {
            fault.Throw();
        }

        return _rows.GetValueOrDefault(key);
    }

    internal void Put(TKey key, Held<TRow> held)
    {
        if (held.Row is { } row)
        {
            _rows[key] = row;
        }
    }

    internal void Fail(TKey key, Exception fault) => _faults[key] = ExceptionDispatchInfo.Capture(fault);
}
