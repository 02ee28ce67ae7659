using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage.Migrating;

/// <summary>Brings one context's schema up to date; <see cref="Tables"/> does so for all.</summary>
public interface IMigrate
{
    /// <summary>Looks whether this build can go on from the tables that are there. Changes nothing.</summary>
    /// <exception cref="UnknownMigrationException">It cannot.</exception>
    Task CheckAsync(CancellationToken cancel);

    /// <summary>Safe to run from many nodes at once: the migration history is locked.</summary>
    Task RunAsync(CancellationToken cancel);

    /// <summary>Whether the tables have all that this build knows of; they may have more.</summary>
    Task<bool> IsDoneAsync(CancellationToken cancel);
}

/// <summary>Tables were made by a build with other migrations, such as one before the first release.</summary>
/// <param name="schema">Of which context.</param>
/// <param name="migration">The first of them.</param>
public sealed class UnknownMigrationException(string schema, string migration)
    : Exception(
        $"The tables of {schema} were made by another build, with {migration}, which this one does not know"
    );

internal sealed class Migrate<TDb>(Database<TDb> database) : IMigrate
    where TDb : ContextDb
{
    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        var applied = await db.Database.GetAppliedMigrationsAsync(cancel);
        if (applied.Except(db.Database.GetMigrations()).FirstOrDefault() is { } unknown)
        {
            throw new UnknownMigrationException(ContextName.Of<TDb>(), unknown);
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await db.Database.MigrateAsync(cancel);
    }

    public async Task<bool> IsDoneAsync(CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return !(await db.Database.GetPendingMigrationsAsync(cancel)).Any();
    }
}
