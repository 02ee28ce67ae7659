using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Quartz;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Scheduling;

/// <summary>What a context does by the clock, batch after batch.</summary>
/// <param name="Job">Its name; unique in the shop.</param>
/// <param name="Every">How often it is begun.</param>
/// <param name="IsOnEachNode">Whether every node does it; else one at a time, in a cluster.</param>
/// <param name="RunBatchAsync">Does a batch; zero where nothing was left to do.</param>
internal sealed record Repetition(
    string Job,
    TimeSpan Every,
    bool IsOnEachNode,
    Func<IServiceProvider, CancellationToken, Task<int>> RunBatchAsync
);

/// <summary>Runs the repetition of its name until nothing is left to do.</summary>
[DisallowConcurrentExecution]
internal sealed class RepeatJob(
    IServiceProvider services,
    IEnumerable<ContextJobs> contexts,
    IHostApplicationLifetime host
) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        var work = contexts
            .SelectMany(jobs => jobs.Repetitions)
            .Single(work => work.Job == context.JobDetail.Key.Name);
        // What nodes share by leases may take minutes; a host that closes puts it back, and another goes on where it was.
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            work.IsOnEachNode ? host.ApplicationStopping : CancellationToken.None
        );
        // What it sends goes on in this trace.
        using var span = Traces.Source.StartActivity($"job {work.Job}");
        try
        {
            while (await work.RunBatchAsync(services, closing.Token) > 0) { }
        }
        catch (OperationCanceledException) when (work.IsOnEachNode && closing.IsCancellationRequested) { }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            throw;
        }
    }
}
