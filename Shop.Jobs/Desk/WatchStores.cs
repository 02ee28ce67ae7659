using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Data.Messages;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Desk;

/// <summary>
/// Asks, every ten seconds, what only the stores can tell of how the shop does: what waits in the message tables, and how far
/// behind replicas are. A store that gives no answer is not told of until it does.
/// </summary>
internal sealed class WatchStores : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<MessageDesk> _desks;
    private readonly Replicas _replicas;
    private readonly TimeProvider _clock;
    private readonly ILogger<WatchStores> _log;
    private volatile IReadOnlyList<(string, double, long, long)> _messages = [];
    private volatile IReadOnlyList<(string, double)> _lags = [];

    public WatchStores(
        IEnumerable<MessageDesk> desks,
        Replicas replicas,
        ShopMeter meter,
        TimeProvider clock,
        ILogger<WatchStores> log
    )
    {
        (_desks, _replicas, _clock, _log) = ([.. desks], replicas, clock, log);
        meter.ObserveMessages(() => _messages);
        meter.ObserveReplicas(() => _lags);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, _clock);
        do
        {
            _messages = await AskAsync(
                () => Task.WhenAll(_desks.Select(desk => BacklogAsync(desk, stoppingToken))),
                stoppingToken
            );
            _lags = await AskAsync(() => LagsAsync(stoppingToken), stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<T[]> AskAsync<T>(Func<Task<T[]>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            _log.StoresNotSeen(fault);
            return [];
        }
    }

    private async Task<(string, double)[]> LagsAsync(CancellationToken cancel) =>
        [
            .. from replica in await _replicas.ReadAsync(cancel)
            where replica.Lag is not null
            select (replica.Name, replica.Lag.GetValueOrDefault().TotalSeconds),
        ];

    private async Task<(string, double, long, long)> BacklogAsync(MessageDesk desk, CancellationToken cancel)
    {
        var waiting = await desk.BacklogAsync(cancel);
        var oldest = waiting.Min(backlog => backlog.OpenSince);
        return (
            desk.Sender,
            oldest is { } at ? Math.Max(0, (_clock.GetUtcNow() - at).TotalSeconds) : 0,
            waiting.Sum(backlog => backlog.Open),
            waiting.Sum(backlog => backlog.Dead)
        );
    }
}
