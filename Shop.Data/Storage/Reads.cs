using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage;

/// <summary>What a request reads from: a replica, until something in it has to see the newest row.</summary>
public sealed class ReadTarget
{
    /// <summary>True once this request reads the primary.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>From here on this request reads the primary: it writes, or must see what was just written.</summary>
    public void UsePrimary() => IsPrimary = true;
}

/// <summary>Opens a context to read from, where this request should read. Scoped to one GraphQL operation.</summary>
public sealed class Reads<TDb>(Database<TDb> database, ReadTarget target, WritePositions positions)
    where TDb : ContextDb
{
    /// <summary>A context of its own for one batch of reads; dispose it after.</summary>
    public TDb Open() => target.IsPrimary ? database.OpenPrimary() : database.OpenReplica();

    /// <summary>The same, on a server that shows what the subjects have written: a replica that has come so far, or the primary.</summary>
    /// <param name="subjects">On whose behalf is read: whatever <see cref="WritePositions.MarkAsync"/> was told.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<TDb> OpenAsync(IReadOnlyCollection<string> subjects, CancellationToken cancel)
    {
        if (target.IsPrimary || await positions.OfAsync(subjects) is not { Count: > 0 } wanted)
        {
            return Open();
        }

        var replica = database.OpenReplica();
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
