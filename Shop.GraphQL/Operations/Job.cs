using Shop.Jobs.Desk;

namespace Shop.GraphQL.Operations;

/// <summary>What makes a job run.</summary>
internal enum JobTrigger
{
    /// <summary>Its time. Where job hosts share their schedule, it runs on one of them at a time.</summary>
    Clock,

    /// <summary>A message that was written, on each node that runs jobs; else it looks each second.</summary>
    Message,
}

/// <summary>What the shop does by itself.</summary>
/// <param name="Name">Unique in the shop, such as `forget-sessions`.</param>
/// <param name="Trigger">What makes it run.</param>
/// <param name="Schedules">When it runs; at most 10, and mostly one. Empty where only the process that runs it knows.</param>
[Staff(StaffRole.Admin)]
internal sealed record Job(
    string Name,
    JobTrigger Trigger,
    [property: ListSize(1)] IReadOnlyList<JobSchedule> Schedules
)
{
    /// <summary>
    /// Its last 20 runs, newest first, wherever they ran. Of jobs that messages make run, only those that failed: they run
    /// too often, and that they work shows in the lag of the messages.
    /// </summary>
    [ListSize(20)]
    public IDataLoaderResult<IReadOnlyList<JobRun>?> Runs([FromServices] LoaderContext loaders) =>
        loaders.Get<RunsByJob>().Load(Name).Select(runs => (IReadOnlyList<JobRun>?)runs);

    internal static Job Of(ScheduledJob job) =>
        new(job.Name, job.IsByTheClock ? JobTrigger.Clock : JobTrigger.Message, [.. job.Schedules.Take(10)]);
}

/// <summary>The last runs of jobs, in one round trip to Redis.</summary>
internal sealed class RunsByJob(JobRuns runs, StoreTimeout timeout) : ListLoader<string, JobRun>
{
    private const int Shown = 20;

    /// <inheritdoc />
    protected override async Task<ILookup<string, JobRun>> FetchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancel
    )
    {
        var found = await timeout.AskAsync(limit => runs.ReadAsync(keys, Shown, limit), cancel);
        return found
            .SelectMany(job => job.Value.Select(run => (job.Key, Run: run)))
            .ToLookup(row => row.Key, row => row.Run);
    }
}
