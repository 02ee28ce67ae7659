using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage;

/// <summary>Brings one context's schema up to date; the host runs all of them at start.</summary>
public interface IMigrate
{
    /// <summary>Safe to run from many nodes at once: the migration history is locked.</summary>
    Task RunAsync(CancellationToken cancel);
}

internal sealed class Migrate<TDb>(Database<TDb> database) : IMigrate
    where TDb : ContextDb
{
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await db.Database.MigrateAsync(cancel);
    }
}
