using Microsoft.Extensions.Logging;
using Quartz;
using Shop.Jobs.Messages;

namespace Shop.Jobs.Desk;

/// <summary>
/// The operator's side of the jobs, in this process or not: the schedule of a cluster is in PostgreSQL, where any process
/// can read it and ask for a run. What a lone job host keeps in memory is its own.
/// </summary>
public sealed class JobDesk
{
    // Far more than there are; a page of Quartz's would otherwise be cut in silence.
    private const int MaxJobs = 1000;

    private readonly ISchedulerFactory? _delivery;
    private readonly Func<CancellationToken, Task<IScheduler>> _clock;
    private readonly IReadOnlyList<DeliveryLane> _lanes;
    private readonly ILogger<JobDesk> _log;

    /// <param name="delivery">This process's; null where it delivers nothing.</param>
    /// <param name="clock">This process's, or one that only looks at what others run.</param>
    /// <param name="lanes">How messages are delivered, here or elsewhere.</param>
    /// <param name="log">Hears who asked for a run.</param>
    internal JobDesk(
        ISchedulerFactory? delivery,
        Func<CancellationToken, Task<IScheduler>> clock,
        IEnumerable<DeliveryLane> lanes,
        ILogger<JobDesk> log
    ) => (_delivery, _clock, _lanes, _log) = (delivery, clock, [.. lanes], log);

    /// <summary>Every job, by its name; as many statements however many there are.</summary>
    /// <exception cref="SchedulerException">The schedule cannot be read.</exception>
    public async Task<IReadOnlyList<ScheduledJob>> ListAsync(CancellationToken cancel)
    {
        var deliveries = _delivery is null
            ? _lanes.Select(lane => new ScheduledJob(lane.Job.Name, false, []))
            : await ListAsync(await _delivery.GetScheduler(cancel), isByTheClock: false, cancel);
        var clockwork = await ListAsync(await _clock(cancel), isByTheClock: true, cancel);
        return [.. deliveries.Concat(clockwork).OrderBy(job => job.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Has a job run now that runs by the clock. Where other processes run it, that is when one of them next looks at the
    /// schedule: some seconds. A job that is at work runs again after.
    /// </summary>
    /// <param name="name">Which.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where there is no such job.</returns>
    /// <exception cref="SchedulerException">The schedule cannot be changed.</exception>
    public async Task<bool> TriggerAsync(string name, CustomerId actor, CancellationToken cancel)
    {
        var (clock, key) = (await _clock(cancel), new JobKey(name));
        if (!await clock.Exists(key, cancel))
        {
            return false;
        }

        await clock.TriggerJob(key, data: null, cancel);
        _log.JobTriggered(name, actor.Value);
        return true;
    }

    private static async Task<IEnumerable<ScheduledJob>> ListAsync(
        IScheduler scheduler,
        bool isByTheClock,
        CancellationToken cancel
    )
    {
        var jobs = await scheduler.QueryJobs(new() { Take = MaxJobs }, cancel);
        var headers = await scheduler.QueryTriggers(new() { Take = MaxJobs }, cancel);
        var triggers = await scheduler.GetTriggers([.. headers.Items.Select(header => header.Key)], cancel);
        var every = triggers.ToDictionary(trigger => trigger.Key, Every);
        var schedules = headers.Items.ToLookup(
            header => header.JobKey,
            header => new JobSchedule(
                StateOf(header.State),
                every.GetValueOrDefault(header.Key),
                header.PreviousFireTimeUtc,
                header.NextFireTimeUtc
            )
        );
        return jobs.Items.Select(job => new ScheduledJob(
            job.Key.Name,
            isByTheClock,
            [.. schedules[job.Key]]
        ));
    }

    private static string? Every(ITrigger trigger) =>
        trigger switch
        {
            ICronTrigger cron => cron.CronExpressionString,
            ISimpleTrigger { RepeatCount: not 0 } simple => $"{simple.RepeatInterval:c}",
            _ => null,
        };

    private static JobState StateOf(TriggerState state) =>
        state switch
        {
            // Blocked: it must not run twice at a time, and does run.
            TriggerState.Executing or TriggerState.Blocked => JobState.Running,
            TriggerState.Paused => JobState.Paused,
            TriggerState.Complete or TriggerState.None => JobState.Complete,
            TriggerState.Error => JobState.Broken,
            _ => JobState.Waiting,
        };
}
