namespace Shop.Data.Cache;

/// <summary>
/// Rows of a kind by key, kept in memory for a minute and in Redis for ten; however many ask for one that is not there, this node
/// reads it once. A row that is older than a change that this node has heard of is never used. Thread-safe; one for the process.
/// </summary>
public sealed class EntityCache<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private readonly EntityKind<TKey, TRow> _kind;
    private readonly EntityStores _stores;
    private readonly RowStatements<TKey, TRow> _statements;
    private readonly MemoryRows<TKey, TRow> _memory;
    private readonly Func<IReadOnlyList<(TKey, Held<TRow>?)>, Task<RefillTurn<TKey, TRow>.Answer>> _refill;

    /// <param name="kind">What is kept.</param>
    /// <param name="stores">Where.</param>
    /// <param name="read">Reads rows, from the primary (true) or a replica, each time anew.</param>
    public EntityCache(
        EntityKind<TKey, TRow> kind,
        EntityStores stores,
        Func<IReadOnlyCollection<TKey>, bool, Task<Refill<TKey, TRow>>> read
    )
    {
        (_kind, _stores) = (kind, stores);
        _statements = new(kind, stores, read);
        _memory = new(kind, stores);
        _refill = new RefillRows<TKey, TRow>(kind, stores, _statements).RunAsync;
    }

    /// <summary>The rows of these keys. One that cannot be read fails alone.</summary>
    /// <param name="keys">Each once.</param>
    /// <param name="cancel">Ends the wait; what is read goes on, for others.</param>
    public async Task<FoundRows<TKey, TRow>> ReadAsync(
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancel
    )
    {
        var found = new FoundRows<TKey, TRow>();
        var left = keys;
        // Twice is enough unless changes come faster than reads; then the statement alone knows.
        for (var tries = 0; tries < 3 && left.Count > 0; tries++)
        {
            left = await AskAsync(left, isFirst: tries == 0, found, cancel);
        }

        if (left.Count > 0)
        {
            await ReadNewestAsync(left, found, cancel);
        }

        return found;
    }

    private async Task ReadNewestAsync(
        IReadOnlyCollection<TKey> keys,
        FoundRows<TKey, TRow> found,
        CancellationToken cancel
    )
    {
        try
        {
            var newest = await _statements.ReadNewestAsync(keys).WaitAsync(cancel);
            foreach (var key in keys)
            {
                found.Put(key, newest[key]);
            }
        }
        catch (Exception fault) when (IsOfTheRead(fault, cancel))
        {
            foreach (var key in keys)
            {
                found.Fail(key, fault);
            }
        }
    }

    /// <returns>Keys whose rows are older than a change.</returns>
    private async Task<List<TKey>> AskAsync(
        IReadOnlyCollection<TKey> keys,
        bool isFirst,
        FoundRows<TKey, TRow> found,
        CancellationToken cancel
    )
    {
        var turn = new RefillTurn<TKey, TRow>(_refill, _stores.Known.IsTried);
        var asked = new List<(TKey Key, Task<Held<TRow>> Row)>(keys.Count);
        foreach (var key in keys)
        {
            if (_stores.Absent.Has(_kind.NameOf(key)))
            {
                _stores.Counts.Add(CacheOutcome.Absent);
            }
            else
            {
                asked.Add((key, _memory.GetAsync(key, turn, mayBeOld: isFirst)));
            }
        }

        turn.Begin();
        var old = new List<TKey>();
        foreach (var (key, row) in asked)
        {
            try
            {
                var held = await row.WaitAsync(cancel);
                if (_stores.IsBelow(_kind, held))
                {
                    _stores.Counts.Add(CacheOutcome.BelowFloor);
                    _memory.Expire(key);
                    old.Add(key);
                }
                else
                {
                    found.Put(key, held);
                }
            }
            catch (Exception fault) when (IsOfTheRead(fault, cancel))
            {
                found.Fail(key, fault);
            }
        }

        return old;
    }

    private static bool IsOfTheRead(Exception fault, CancellationToken cancel) =>
        fault is not OutOfMemoryException && !cancel.IsCancellationRequested;
}
