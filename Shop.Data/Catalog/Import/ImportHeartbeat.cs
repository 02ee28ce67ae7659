using Npgsql;

namespace Shop.Data.Catalog.Import;

/// <summary>Renews the lease of an import while its worker is at it, so that a long statement is not taken for a death.</summary>
internal sealed class ImportHeartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    public ImportHeartbeat(HeldImport held, TimeSpan lease, TimeProvider clock) =>
        _beating = BeatAsync(held, lease, clock);

    /// <summary>Ends once no renewal is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task BeatAsync(HeldImport held, TimeSpan lease, TimeProvider clock)
    {
        // Two beats may be lost before the lease runs out.
        using var timer = new PeriodicTimer(lease / 3, clock);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            try
            {
                await held.RenewAsync(_stop.Token);
            }
            catch (NpgsqlException)
            {
                // PostgreSQL is away, and so is the lease soon: whoever takes it goes on from the last batch.
            }
        }
    }
}
