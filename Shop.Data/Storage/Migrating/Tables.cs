using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shop.Data.Storage.Migrating;

/// <summary>The tables of all contexts, before a process works with them.</summary>
public sealed class Tables(
    IEnumerable<IMigrate> contexts,
    IOptions<StorageOptions> options,
    TimeProvider clock,
    ILogger<Tables> log
)
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <summary>Brings them up to date, or waits for another process to, as <see cref="StorageOptions.MigrateAtStart"/> says.</summary>
    /// <inheritdoc cref="MigrateAsync" path="/exception" />
    public Task PrepareAsync(CancellationToken cancel) =>
        options.Value.MigrateAtStart ? MigrateAsync(cancel) : AwaitAsync(cancel);

    /// <summary>Brings them up to date. All are looked at before one is changed.</summary>
    /// <exception cref="UnknownMigrationException">Another build has made them; nothing was changed.</exception>
    public async Task MigrateAsync(CancellationToken cancel)
    {
        foreach (var context in contexts)
        {
            await context.CheckAsync(cancel);
        }

        foreach (var context in contexts)
        {
            await context.RunAsync(cancel);
        }
    }

    /// <summary>
    /// Returns as soon as they have all that this build needs, where hosts do not migrate; at once where they do. A later release may
    /// have added to them: hosts of this one are still started then, beside it or when it is taken back.
    /// </summary>
    public async Task AwaitAsync(CancellationToken cancel)
    {
        if (options.Value.MigrateAtStart || await AreDoneAsync(cancel))
        {
            return;
        }

        log.TablesAwaited();
        do
        {
            await Task.Delay(_look, clock, cancel);
        } while (!await AreDoneAsync(cancel));
    }

    private async Task<bool> AreDoneAsync(CancellationToken cancel)
    {
        foreach (var context in contexts)
        {
            if (!await context.IsDoneAsync(cancel))
            {
                return false;
            }
        }

        return true;
    }
}
