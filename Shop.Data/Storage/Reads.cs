using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage;

/// <summary>What a request reads from: a replica, until something in it has to see the newest row.</summary>
public sealed class ReadTarget
{
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<string>>> _wanted = new();

    /// <summary>True once this request reads the primary.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>Who asks, and so has to see what they have just written; null for a guest.</summary>
    public CustomerId? Customer { get; set; }

    /// <summary>From here on this request reads the primary: it writes, or must see what was just written.</summary>
    public void UsePrimary() => IsPrimary = true;

    /// <summary>
    /// How far a server has to be for who asks, and for all on whose behalf this request has read before: what belongs to an order
    /// is not older than the order. Each is looked up once.
    /// </summary>
    internal async Task<IReadOnlyList<string>> WantedAsync(
        WritePositions positions,
        IReadOnlyCollection<string> subjects
    )
    {
        var all = Customer is { } customer ? subjects.Append(WritePositions.SubjectOf(customer)) : subjects;
        foreach (var subject in all)
        {
            _ = _wanted.GetOrAdd(subject, one => positions.OfAsync([one]));
        }

        return _wanted.IsEmpty ? [] : [.. (await Task.WhenAll(_wanted.Values)).SelectMany(found => found)];
    }
}

/// <summary>Opens a context to read from, where this request should read. Scoped to one GraphQL operation.</summary>
public sealed class Reads<TDb>(Database<TDb> database, ReadTarget target, WritePositions positions)
    where TDb : ContextDb
{
    /// <summary>Whether only the primary will do: this request writes, or who asks has just written what stands on no replica yet.</summary>
    public async ValueTask<bool> NeedsPrimaryAsync() =>
        target.IsPrimary
        || (await target.WantedAsync(positions, [])).Contains(WritePositions.AheadOfReplicas);

    /// <summary>
    /// A context of its own for one batch of reads, on a server that shows what who asks has written: a replica that has come
    /// so far, or the primary. Dispose it after.
    /// </summary>
    public Task<TDb> OpenAsync(CancellationToken cancel) => OpenAsync([], cancel);

    /// <summary>The same, where more has been written than under the name of who asks.</summary>
    /// <param name="subjects">On whose behalf is read as well: whatever <see cref="WritePositions.MarkAsync"/> was told.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<TDb> OpenAsync(IReadOnlyCollection<string> subjects, CancellationToken cancel)
    {
        if (target.IsPrimary)
        {
            return database.OpenPrimary();
        }

        var wanted = await target.WantedAsync(positions, subjects);
        if (wanted.Contains(WritePositions.AheadOfReplicas))
        {
            return database.OpenPrimary();
        }

        var replica = database.OpenReplica();
        if (wanted.Count == 0)
        {
            return replica;
        }

        // Kept open, so that what is read next is read from the very server that was asked.
        await replica.Database.OpenConnectionAsync(cancel);
        var has = await replica
            .Database.SqlQuery<bool>(
                $"""
                select coalesce(bool_and(pg_last_wal_replay_lsn() >= wanted::pg_lsn), true) as "Value"
                from unnest({wanted.ToArray()}) as wanted
                """
            )
            .SingleAsync(cancel);
        if (has)
        {
            return replica;
        }

        await replica.DisposeAsync();
        return database.OpenPrimary();
    }
}
