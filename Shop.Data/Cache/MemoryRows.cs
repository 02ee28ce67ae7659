using System.Globalization;
using ZiggyCreatures.Caching.Fusion;

namespace Shop.Data.Cache;

/// <summary>Rows of a kind in this node's memory; of each one refill at a time. Thread-safe.</summary>
internal sealed class MemoryRows<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private static readonly TimeSpan _inMemory = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _softLimit = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _throttle = TimeSpan.FromSeconds(2);

    // What an entry costs beside its row.
    private const int Overhead = 400;

    private static readonly Held<TRow> _absent = new(null, 0, 0, "", DateTimeOffset.MaxValue);

    private readonly EntityKind<TKey, TRow> _kind;
    private readonly EntityStores _stores;
    private readonly FusionCacheEntryOptions _usual;
    private readonly FusionCacheEntryOptions _newest;

    public MemoryRows(EntityKind<TKey, TRow> kind, EntityStores stores)
    {
        (_kind, _stores) = (kind, stores);
        _usual = new()
        {
            Duration = _inMemory,
            JitterMaxDuration = _inMemory / 2,
            IsFailSafeEnabled = true,
            FailSafeMaxDuration = stores.Options.StaleFor,
            FailSafeThrottleDuration = _throttle,
            // With nothing to show, who asks waits as long as the statement may take, as without a cache.
            FactorySoftTimeout = _softLimit,
        };
        // For whoever was given one that will not do: not the same once more.
        _newest = _usual.Duplicate();
        _newest.FactorySoftTimeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>The row of a key, from memory or by a turn.</summary>
    /// <param name="key">Which.</param>
    /// <param name="turn">Reads what is not there.</param>
    /// <param name="mayBeOld">Whether the old one will do while a new one is read.</param>
    public async Task<Held<TRow>> GetAsync(TKey key, RefillTurn<TKey, TRow> turn, bool mayBeOld)
    {
        CacheOutcome? outcome = CacheOutcome.Memory;
        Held<TRow>? read = null;
        try
        {
            var held = await _stores.Rows.GetOrSetAsync<Held<TRow>>(
                InMemory(key),
                async (entry, _) =>
                {
                    var isStrange = _kind.IsDenied(key, _stores.Known);
                    // Or found out while this one waited.
                    if ((isStrange && !turn.IsTried) || _stores.Absent.Has(_kind.NameOf(key)))
                    {
                        outcome = isStrange ? CacheOutcome.Denied : CacheOutcome.Absent;
                        entry.Options.SkipMemoryCacheWrite = true;
                        return _absent;
                    }

                    outcome = null;
                    read = await turn.ReadAsync(key, entry.HasStaleValue ? entry.StaleValue.Value : null);
                    if (isStrange && read.Row is not null)
                    {
                        _stores.Known.Doubt();
                    }

                    Set(entry, key, read);
                    return read;
                },
                options: mayBeOld ? _usual : _newest,
                token: CancellationToken.None
            );
            if (outcome is null && (held.IsStale || !ReferenceEquals(held, Volatile.Read(ref read))))
            {
                outcome = CacheOutcome.Stale;
            }

            if (outcome is { } one)
            {
                _stores.Counts.Add(one);
            }

            return held;
        }
        catch
        {
            _stores.Counts.Add(CacheOutcome.Failed);
            throw;
        }
    }

    private void Set(FusionCacheFactoryExecutionContext<Held<TRow>> entry, TKey key, Held<TRow> read)
    {
        if (read.Row is null)
        {
            _stores.Absent.Add(_kind.NameOf(key), read.Version);
            // Whatever was there before.
            _stores.Rows.Remove(InMemory(key));
            entry.Options.SkipMemoryCacheWrite = true;
            return;
        }

        entry.Options.Size = read.Size + Overhead;
        var left = read.GoodUntil - _stores.Clock.GetUtcNow();
        entry.Options.Duration =
            read.IsStale ? _throttle
            : left < _inMemory ? left
            : _inMemory;
    }

    /// <summary>A row below its floor is read again; not removed, so that the others wait for that.</summary>
    public void Expire(TKey key)
    {
        if (
            _stores.Rows.TryGet<Held<TRow>>(InMemory(key)) is { HasValue: true } now
            && _stores.IsBelow(_kind, now.Value)
        )
        {
            _stores.Rows.Expire(InMemory(key));
        }
    }

    private string InMemory(TKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{_stores.Floors.Era}:{_kind.NameOf(key)}");
}
