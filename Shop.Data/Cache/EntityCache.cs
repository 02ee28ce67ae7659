using System.Globalization;
using System.Text.Json;
using ZiggyCreatures.Caching.Fusion;

namespace Shop.Data.Cache;

/// <summary>
/// Rows of a kind by key, kept in memory for a minute and in Redis for ten; however many ask for one that is not there, this node
/// reads it once. A row that is older than a change that this node has heard of is never used. Thread-safe; one for the process.
/// </summary>
public sealed class EntityCache<TKey, TRow>
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
    private readonly Statements _statements;
    private readonly FusionCacheEntryOptions _usual;
    private readonly FusionCacheEntryOptions _newest;

    /// <param name="kind">What is kept.</param>
    /// <param name="stores">Where.</param>
    /// <param name="read">Reads rows, from the primary or a replica, each time anew.</param>
    public EntityCache(
        EntityKind<TKey, TRow> kind,
        EntityStores stores,
        Func<IReadOnlyCollection<TKey>, bool, Task<Refill<TKey, TRow>>> read
    )
    {
        (_kind, _stores) = (kind, stores);
        _statements = new(kind, stores, read);
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
        // For whoever was given one that will not do: not the old one once more.
        _newest = _usual.Duplicate();
        _newest.FactorySoftTimeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>The rows of these keys; those without one are left out.</summary>
    /// <param name="keys">Each once.</param>
    /// <param name="cancel">Ends the wait; what is read goes on, for others.</param>
    public async Task<IReadOnlyDictionary<TKey, TRow>> ReadAsync(
        IReadOnlyCollection<TKey> keys,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<TKey, TRow>(keys.Count);
        var left = keys;
        // Twice is enough unless changes come faster than reads; then the statement alone knows.
        for (var tries = 0; tries < 3 && left.Count > 0; tries++)
        {
            left = await AskAsync(left, tries == 0 ? _usual : _newest, found, cancel);
        }

        if (left.Count > 0)
        {
            var newest = await _statements.ReadNewestAsync(left).WaitAsync(cancel);
            foreach (var key in left)
            {
                Put(found, key, newest[key]);
            }
        }

        return found;
    }

    /// <returns>Keys whose rows are older than a change.</returns>
    private async Task<List<TKey>> AskAsync(
        IReadOnlyCollection<TKey> keys,
        FusionCacheEntryOptions options,
        Dictionary<TKey, TRow> found,
        CancellationToken cancel
    )
    {
        var turn = new RefillTurn<TKey, TRow>(RefillAsync);
        var asked = new List<(TKey Key, Task<Held<TRow>> Row)>(keys.Count);
        foreach (var key in keys)
        {
            if (_stores.Absent.Has(Name(key)))
            {
                _stores.Counts.Add(CacheOutcome.Absent);
            }
            else
            {
                asked.Add((key, GetAsync(key, turn, options)));
            }
        }

        turn.Begin();
        var old = new List<TKey>();
        foreach (var (key, row) in asked)
        {
            var held = await row.WaitAsync(cancel);
            if (IsBelow(held))
            {
                _stores.Counts.Add(CacheOutcome.BelowFloor);
                Forget(key);
                old.Add(key);
            }
            else
            {
                Put(found, key, held);
            }
        }

        return old;
    }

    private async Task<Held<TRow>> GetAsync(
        TKey key,
        RefillTurn<TKey, TRow> turn,
        FusionCacheEntryOptions options
    )
    {
        var isAsked = false;
        Held<TRow>? read = null;
        try
        {
            var held = await _stores.Rows.GetOrSetAsync<Held<TRow>>(
                InMemory(key),
                async (entry, _) =>
                {
                    if (_stores.Absent.Has(Name(key)))
                    {
                        // Found out while this one waited.
                        entry.Options.SkipMemoryCacheWrite = true;
                        return _absent;
                    }

                    isAsked = true;
                    read = await turn.ReadAsync(key, entry.HasStaleValue ? entry.StaleValue.Value : null);
                    Set(entry, key, read);
                    return read;
                },
                options: options,
                token: CancellationToken.None
            );
            if (!isAsked)
            {
                _stores.Counts.Add(CacheOutcome.Memory);
            }
            else if (held.IsStale || !ReferenceEquals(held, Volatile.Read(ref read)))
            {
                _stores.Counts.Add(CacheOutcome.Stale);
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
            _stores.Absent.Add(Name(key), read.Version);
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

    /// <summary>What Redis has, and of the rest what the database says; that is kept.</summary>
    private async Task<RefillTurn<TKey, TRow>.Answer> RefillAsync(
        IReadOnlyList<(TKey Key, Held<TRow>? Old)> wanted
    )
    {
        var answer = new Dictionary<TKey, Held<TRow>>();
        var kept = await _stores.Redis.FindAsync(_kind, [.. wanted.Select(one => one.Key)]);
        var now = _stores.Clock.GetUtcNow();
        foreach (var (key, old) in wanted)
        {
            if (
                kept.GetValueOrDefault(key) is { } held
                && !IsBelow(held)
                && held.GoodUntil > now
                && held.Ceiling >= (old?.Ceiling ?? 0)
            )
            {
                _stores.Counts.Add(CacheOutcome.Redis);
                answer.Add(key, held);
            }
        }

        var rest = wanted.Where(one => !answer.ContainsKey(one.Key)).ToList();
        if (rest.Count == 0)
        {
            return new(answer, Fault: null);
        }

        try
        {
            var read = await _statements.ReadAsync(rest);
            // All at once: they share a connection, and wait for it together.
            var held = await Task.WhenAll(read.Select(one => KeepAsync(one.Key, one.Value)));
            foreach (var (key, row) in read.Keys.Zip(held))
            {
                _stores.Counts.Add(CacheOutcome.Read);
                answer.Add(key, row);
            }

            return new(answer, Fault: null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // What is old is better than nothing, as long as it shows all changes.
            foreach (var (key, _) in rest)
            {
                if (kept.GetValueOrDefault(key) is { } held && !IsBelow(held))
                {
                    answer.TryAdd(key, held with { IsStale = true });
                }
            }

            return new(answer, fault);
        }
    }

    private async Task<Held<TRow>> KeepAsync(TKey key, Held<TRow> held)
    {
        if (held.Row is not { } row)
        {
            return held;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(row, StoredJson.Options);
        var floor = await _stores.Redis.KeepAsync(_kind, key, held, json);
        if (floor > 0)
        {
            // Somebody has told of a change, and this node has not heard.
            _stores.Floors.Raise([held.Subject], floor);
        }

        return held with
        {
            Size = json.Length,
        };
    }

    private bool IsBelow(Held<TRow> held) =>
        held.Row is not null && held.Version < _stores.FloorOf(_kind, held.Subject);

    // Not removed: it is read again while the others wait for that.
    private void Forget(TKey key)
    {
        if (_stores.Rows.TryGet<Held<TRow>>(InMemory(key)) is { HasValue: true } now && IsBelow(now.Value))
        {
            _stores.Rows.Expire(InMemory(key));
        }
    }

    private static void Put(Dictionary<TKey, TRow> found, TKey key, Held<TRow> held)
    {
        if (held.Row is { } row)
        {
            found[key] = row;
        }
    }

    private string Name(TKey key) => $"{_kind.Name}:{_kind.KeyText(key)}";

    private string InMemory(TKey key) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_stores.Floors.Era}:{_kind.Name}:{_kind.KeyText(key)}"
        );

    /// <summary>The statements: two at a time, each for all who wait.</summary>
    private sealed class Statements
    {
        private readonly EntityKind<TKey, TRow> _kind;
        private readonly EntityStores _stores;
        private readonly SharedReads<TKey, Held<TRow>> _replica;
        private readonly SharedReads<TKey, Held<TRow>> _primary;

        public Statements(
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
            var (position, rows) = await read(keys, isPrimary);
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
}
