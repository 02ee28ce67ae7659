namespace Shop.Data.Cache;

/// <summary>What the cache of this process has done since it was started. Thread-safe.</summary>
public sealed class RowCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<CacheOutcome>().Length];
    private long _refusedFills;

    /// <summary>Rows that Redis did not take: they were older than a change, or than what it has.</summary>
    public long RefusedFills => Volatile.Read(ref _refusedFills);

    /// <summary>How many keys were answered like this.</summary>
    public long Of(CacheOutcome outcome) => Volatile.Read(ref _counts[(int)outcome]);

    internal void Add(CacheOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    internal void RefuseFill() => Interlocked.Increment(ref _refusedFills);
}
