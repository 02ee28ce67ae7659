using System.Collections.Concurrent;
using System.Text.Json;

namespace Shop.Data.Cache;

/// <summary>
/// Rows that are not in memory: what Redis has, and of the rest what the database says, which is kept. Of the nodes that want one
/// at the same time, one reads it, and the others wait a little for that. Thread-safe.
/// </summary>
internal sealed class RefillRows<TKey, TRow>(
    EntityKind<TKey, TRow> kind,
    EntityStores stores,
    RowStatements<TKey, TRow> statements
)
    where TKey : notnull
    where TRow : class
{
    private static readonly TimeSpan _leastPause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan _mostPause = TimeSpan.FromMilliseconds(9);

    /// <summary>Reads them.</summary>
    /// <param name="wanted">Keys, and what was kept of them in memory.</param>
    public async Task<RefillTurn<TKey, TRow>.Answer> RunAsync(
        IReadOnlyList<(TKey Key, Held<TRow>? Old)> wanted
    )
    {
        var found = new Found();
        var rest = await FindAsync(wanted, found);
        if (!stores.Lease.IsUsed)
        {
            return new(found.Rows, await ReadAsync(rest, found));
        }

        var (mine, others) = await TakeAsync(rest);
        var reading = ReadLeasedAsync(mine, found);
        var fault = await AwaitOthersAsync(others, found);
        return new(found.Rows, await reading ?? fault);
    }

    /// <summary>Has what other nodes are about to read.</summary>
    private async Task<Exception?> AwaitOthersAsync(List<(TKey Key, Held<TRow>? Old)> others, Found found)
    {
        var began = stores.Clock.GetTimestamp();
        var reads = new List<Task<Exception?>>();
        while (others.Count > 0 && stores.Clock.GetElapsedTime(began) < stores.Lease.MaxWait)
        {
            await Task.Delay(
                _leastPause + Random.Shared.NextDouble() * (_mostPause - _leastPause),
                stores.Clock
            );
            // What is to be had now was given back without a row, or was old.
            (var mine, others) = await TakeAsync(await FindAsync(others, found));
            reads.Add(ReadLeasedAsync(mine, found));
        }

        reads.Add(ReadAsync(others, found));
        return (await Task.WhenAll(reads)).FirstOrDefault(fault => fault is not null);
    }

    private async Task<(
        List<(TKey Key, Held<TRow>? Old)> Mine,
        List<(TKey Key, Held<TRow>? Old)> Others
    )> TakeAsync(List<(TKey Key, Held<TRow>? Old)> wanted)
    {
        if (wanted.Count == 0)
        {
            return ([], []);
        }

        var taken = await stores.Lease.TakeAsync([.. wanted.Select(one => kind.NameOf(one.Key))]);
        var isMine = wanted.ToLookup(one => taken.Contains(kind.NameOf(one.Key)));
        return ([.. isMine[true]], [.. isMine[false]]);
    }

    private async Task<Exception?> ReadLeasedAsync(List<(TKey Key, Held<TRow>? Old)> mine, Found found)
    {
        if (mine.Count == 0)
        {
            return null;
        }

        // Since it was looked for, another node may have kept it, and given its lease back.
        var fault = await ReadAsync(await FindAsync(mine, found), found);
        await stores.Lease.ReleaseAsync([.. mine.Select(one => kind.NameOf(one.Key))]);
        return fault;
    }

    /// <returns>Those that Redis has not, or not new enough.</returns>
    private async Task<List<(TKey Key, Held<TRow>? Old)>> FindAsync(
        IReadOnlyList<(TKey Key, Held<TRow>? Old)> wanted,
        Found found
    )
    {
        var kept = await stores.Redis.FindAsync(kind, [.. wanted.Select(one => one.Key)]);
        var now = stores.Clock.GetUtcNow();
        var rest = new List<(TKey, Held<TRow>?)>();
        foreach (var (key, old) in wanted)
        {
            var held = kept.GetValueOrDefault(key);
            if (held is null || stores.IsBelow(kind, held))
            {
                rest.Add((key, old));
            }
            else if (held.GoodUntil > now && held.Ceiling >= (old?.Ceiling ?? 0))
            {
                stores.Counts.Add(CacheOutcome.Redis);
                found.Rows[key] = held;
            }
            else
            {
                found.Aside[key] = held;
                rest.Add((key, old));
            }
        }

        return rest;
    }

    /// <returns>Why they could not be read; null where they were.</returns>
    private async Task<Exception?> ReadAsync(List<(TKey Key, Held<TRow>? Old)> wanted, Found found)
    {
        if (wanted.Count == 0)
        {
            return null;
        }

        try
        {
            var read = await statements.ReadAsync(wanted);
            // All at once: they share a connection, and wait for it together.
            await Task.WhenAll(read.Select(one => KeepAsync(one.Key, one.Value, found)));
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // What is old is better than nothing, as long as it shows all changes.
            foreach (var (key, _) in wanted)
            {
                if (found.Aside.GetValueOrDefault(key) is { } held && !stores.IsBelow(kind, held))
                {
                    found.Rows[key] = held with { IsStale = true };
                }
            }

            return fault;
        }
    }

    private async Task KeepAsync(TKey key, Held<TRow> held, Found found)
    {
        stores.Counts.Add(held.Row is null ? CacheOutcome.Missing : CacheOutcome.Read);
        if (held.Row is not { } row)
        {
            found.Rows[key] = held;
            return;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(row, StoredJson.Options);
        var floor = await stores.Redis.KeepAsync(kind, key, held, json);
        if (floor > 0)
        {
            // Somebody has told of a change, and this node has not heard.
            stores.Floors.Raise([held.Subject], floor);
        }

        found.Rows[key] = held with { Size = json.Length };
    }

    /// <summary>What was found so far, by several at once.</summary>
    private sealed class Found
    {
        public ConcurrentDictionary<TKey, Held<TRow>> Rows { get; } = new();

        /// <summary>What would do if nothing better is found.</summary>
        public ConcurrentDictionary<TKey, Held<TRow>> Aside { get; } = new();
    }
}
