using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Shop.Jobs.Scheduling;

/// <summary>
/// Notices that the clock of this machine was set back, and has every job begin anew: each is due at a time that now lies
/// as far ahead, and would rest until then.
/// </summary>
internal sealed class ClockWatch(
    [FromKeyedServices(Schedule.Delivery)] ISchedulerFactory delivery,
    [FromKeyedServices(Schedule.Clock)] ISchedulerFactory clockwork,
    TimeProvider clock,
    ILogger<ClockWatch> log
) : BackgroundService
{
    // The shortest interval of a job: whatever is set back by less has rested by then anyway.
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_look, clock);
        var latest = clock.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            if (now >= latest - _look || await TryBeginAnewAsync(latest, now, stoppingToken))
            {
                latest = now;
            }
        }
    }

    /// <returns>False where the schedule could not be reached; the next look tries again.</returns>
    private async Task<bool> TryBeginAnewAsync(
        DateTimeOffset before,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        log.ClockSetBack(before, now);
        try
        {
            await BeginAnewAsync(await delivery.GetScheduler(cancel), cancel);
            await BeginAnewAsync(await clockwork.GetScheduler(cancel), cancel);
            return true;
        }
        catch (SchedulerException fault)
        {
            log.ScheduleAway(fault);
            return false;
        }
    }

    private static async Task BeginAnewAsync(IScheduler scheduler, CancellationToken cancel)
    {
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), cancel))
        {
            // Gone where it was to run once, and has.
            if (await scheduler.GetTrigger(key, cancel) is { } trigger)
            {
                await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartNow().Build(), cancel);
            }
        }
    }
}
