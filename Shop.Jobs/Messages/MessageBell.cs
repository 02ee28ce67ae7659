using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using Shop.Data.Messages;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Messages;

/// <summary>Listens for new messages of one context and runs their delivery at once, instead of at the next poll.</summary>
internal sealed class MessageBell<TDb>(
    Database<TDb> database,
    LocalMessages<TDb> messages,
    MessageRouter router,
    [FromKeyedServices(Schedule.Delivery)] ISchedulerFactory schedulers,
    TimeProvider clock,
    ILogger<MessageBell<TDb>> log
) : BackgroundService
    where TDb : ContextDb
{
    private static readonly TimeSpan _reconnectAfter = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<JobKey, bool> _ringing = new();

    /// <summary>The delivery has begun: the next notification wakes it again.</summary>
    public void Answer(DeliveryLane lane) => _ringing.TryRemove(lane.Job, out _);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
            {
                log.BellLost(messages.Channel, fault);
                await Task.Delay(_reconnectAfter, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        var lanes = router.LanesOf(messages.Sender);
        var scheduler = await schedulers.GetScheduler(cancel);
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using (var listen = new NpgsqlCommand($"listen {messages.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        while (true)
        {
            await connection.WaitAsync(cancel);
            // Notifications that come before a delivery has begun count as one.
            foreach (var lane in lanes.Where(lane => _ringing.TryAdd(lane.Job, true)))
            {
                await scheduler.TriggerJob(lane.Job, cancel);
            }
        }
    }
}
