namespace Shop.GraphQL.Engine.Documents;

/// <summary>Counts how well a memory serves, for operators. Thread-safe, and an addition each time.</summary>
internal sealed class HitCount(TimeProvider clock)
{
    private long _hits;
    private long _misses;

    /// <summary>Counted from here on.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    public long Hits => Volatile.Read(ref _hits);

    public long Misses => Volatile.Read(ref _misses);

    public void Hit() => Interlocked.Increment(ref _hits);

    public void Miss() => Interlocked.Increment(ref _misses);

    /// <summary>Counts a look that found something or null.</summary>
    /// <returns>What it found.</returns>
    public T? Of<T>(T? found)
        where T : class
    {
        if (found is null)
        {
            Miss();
        }
        else
        {
            Hit();
        }

        return found;
    }
}
