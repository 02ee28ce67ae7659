namespace Shop.Data.Cache;

/// <summary>The statements that rows of a kind are read by: two at a time, each for all who wait. Thread-safe.</summary>
internal sealed class RowStatements<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private readonly EntityKind<TKey, TRow> _kind;
    private readonly EntityStores _stores;
    private readonly SharedReads<TKey, Held<TRow>> _replica;
    private readonly SharedReads<TKey, Held<TRow>> _primary;

    /// <param name="kind">What is read.</param>
    /// <param name="stores">What has changed.</param>
    /// <param name="read">Reads rows, from the primary or a replica.</param>
    public RowStatements(
        EntityKind<TKey, TRow> kind,
        EntityStores stores,
        Func<IReadOnlyCollection<TKey>, bool, Task<Refill<TKey, TRow>>> read
    )
    {
        (_kind, _stores) = (kind, stores);
        _replica = new(keys => HoldAsync(keys, read, isPrimary: false));
        _primary = new(keys => HoldAsync(keys, read, isPrimary: true));
    }

    /// <summary>Of a replica, unless it does not show what it should.</summary>
    /// <param name="wanted">Keys, and what was kept of them.</param>
    public async Task<IReadOnlyDictionary<TKey, Held<TRow>>> ReadAsync(
        IReadOnlyList<(TKey Key, Held<TRow>? Old)> wanted
    )
    {
        var near = await _replica.ReadAllAsync([.. wanted.Select(one => one.Key)], default);
        var rows = wanted.ToDictionary(one => one.Key, one => near[one.Key]);
        TKey[] again = [.. wanted.Where(one => !Shows(rows[one.Key], one.Old)).Select(one => one.Key)];
        if (again.Length > 0)
        {
            var newest = await _primary.ReadAllAsync(again, default);
            foreach (var key in again)
            {
                rows[key] = newest[key];
            }
        }

        return rows;
    }

    /// <summary>Of the primary.</summary>
    public Task<IReadOnlyDictionary<TKey, Held<TRow>>> ReadNewestAsync(IReadOnlyCollection<TKey> keys) =>
        _primary.ReadAllAsync(keys, default);

    // What a replica lacks, it may only lack so far.
    private bool Shows(Held<TRow> held, Held<TRow>? old) =>
        held.IsFromPrimary
        || (
            held.Row is not null
            && held.Version >= _stores.FloorOf(_kind, held.Subject)
            && held.Version >= (old?.Ceiling ?? 0)
        );

    private async Task<IReadOnlyDictionary<TKey, Held<TRow>>> HoldAsync(
        IReadOnlyCollection<TKey> keys,
        Func<IReadOnlyCollection<TKey>, bool, Task<Refill<TKey, TRow>>> read,
        bool isPrimary
    )
    {
        // Before it begins: it shows all that was announced until now, if it is the primary that is asked.
        var heard = _stores.Floors.Highest;
        var (position, rows) = await _stores.Servers.ReadAsync(isPrimary, () => read(keys, isPrimary));
        var version = position.IsPrimary ? Math.Max(position.Floor, heard) : position.Floor;
        return keys.ToDictionary(key => key, key => Hold(key, rows.GetValueOrDefault(key)));

        Held<TRow> Hold(TKey key, TRow? row) =>
            new(
                row,
                version,
                Math.Max(position.Ceiling, version),
                row is null ? "" : _kind.SubjectOf(key, row),
                _stores.Clock.GetUtcNow() + _stores.LifetimeOf(_kind.Times)
            )
            {
                IsFromPrimary = position.IsPrimary,
            };
    }
}
