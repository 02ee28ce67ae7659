using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Jobs.Messages;

/// <summary>Renews the lease of a batch while its worker is at it, so that a slow worker is not taken for a dead one.</summary>
internal sealed class Heartbeat<TDb> : IAsyncDisposable
    where TDb : ContextDb
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _beating;

    public Heartbeat(
        LocalMessages<TDb> messages,
        string worker,
        IReadOnlyList<ClaimedMessage> batch,
        TimeSpan lease,
        TimeProvider clock
    )
    {
        // Two beats may be lost before the lease runs out.
        _timer = new(lease / 3, clock);
        _beating = BeatAsync(messages, worker, [.. batch.Select(message => message.Id)], lease);
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

    private async Task BeatAsync(
        LocalMessages<TDb> messages,
        string worker,
        IReadOnlyList<long> ids,
        TimeSpan lease
    )
    {
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await messages.RenewAsync(worker, ids, lease, _stop.Token);
            }
            catch (NpgsqlException)
            {
                // PostgreSQL is away, and so is the lease soon: another worker tries again, and the inbox keeps it harmless.
            }
        }
    }
}
