using Npgsql;

namespace Shop.Data.Storage;

/// <summary>Renews a lease while its worker is at it, so that a slow worker is not taken for a dead one.</summary>
public sealed class Heartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _beating;

    /// <param name="renew">Gives the lease another term.</param>
    /// <param name="lease">How long a term is; it is renewed three times as often.</param>
    /// <param name="clock">Tells the time.</param>
    public Heartbeat(Func<CancellationToken, Task> renew, TimeSpan lease, TimeProvider clock)
    {
        // Two beats may be lost before the lease runs out.
        _timer = new(lease / 3, clock);
        _beating = BeatAsync(renew);
    }

    /// <summary>Ends once no renewal is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        // Ends the wait without an exception, which would cost more than many a batch.
        _timer.Dispose();
        await _stop.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task BeatAsync(Func<CancellationToken, Task> renew)
    {
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await renew(_stop.Token);
            }
            catch (NpgsqlException)
            {
                // PostgreSQL is away, and so is the lease soon: another worker goes on from what was committed.
            }
        }
    }
}
