namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// Starts PostgreSQL's servers again when they are gone: killed by a person, by the system for want of memory, or by
/// themselves on a full disk. Says what happened once, however many tries it takes.
/// </summary>
internal sealed class PostgresWatch(EmbeddedPostgres postgres, TimeProvider clock, ILogger<PostgresWatch> log)
    : BackgroundService
{
    // Tries before a person is asked for help.
    private const int Patience = 3;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(500);

    // One that does not stay up is not worth more tries than this, and one that has stayed up for as long is well.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(KeepAsync(postgres.Primary, stoppingToken), KeepAsync(postgres.Replica, stoppingToken));

    private async Task KeepAsync(PostgresNode node, CancellationToken stop)
    {
        var (pause, upSince) = (_look, clock.GetTimestamp());
        for (; ; await Task.Delay(_look, clock, stop))
        {
            if (node.IsRunning)
            {
                continue;
            }

            log.ServerGone(node.Name);
            pause = clock.GetElapsedTime(upSince) > _longest ? _look : Longer(pause);
            for (var attempt = 1; !await TryStartAsync(node, attempt, stop); attempt++)
            {
                await Task.Delay(pause, clock, stop);
                pause = Longer(pause);
            }

            upSince = clock.GetTimestamp();
        }
    }

    private async Task<bool> TryStartAsync(PostgresNode node, int attempt, CancellationToken stop)
    {
        try
        {
            await postgres.StartAgainAsync(node, stop);
            log.ServerBack(node.Name, attempt);
            return true;
        }
        catch (Exception fault) when (fault is CannotStartException or IOException)
        {
            // At first the processes of a server that was killed are still leaving.
            if (attempt == Patience)
            {
                log.ServerStaysAway(fault.Message);
            }

            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < _longest ? pause * 2 : _longest;
}
