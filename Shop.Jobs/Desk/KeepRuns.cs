using Microsoft.Extensions.Logging;
using Quartz;
using Shop.Data.Telemetry;
using StackExchange.Redis;

namespace Shop.Jobs.Desk;

/// <summary>Has the runs of a scheduler's jobs kept: all of what runs by the clock, else only those that failed.</summary>
internal sealed class KeepRuns(JobRuns runs, bool failedOnly, ShopMeter meter, ILogger<KeepRuns> log)
    : IJobListener
{
    private const int MaxError = 500;

    /// <inheritdoc />
    public string Name => "keep-runs";

    /// <inheritdoc />
    public ValueTask JobWasExecuted(
        IJobExecutionContext context,
        JobExecutionException? jobException,
        CancellationToken cancellationToken = default
    ) =>
        // Deliveries are woken thousands of times a second; that they work shows in the lag of the messages.
        failedOnly && jobException is null
            ? ValueTask.CompletedTask
            : new(KeepAsync(context, jobException));

    private async Task KeepAsync(IJobExecutionContext context, JobExecutionException? fault)
    {
        var (job, began) = (context.JobDetail.Key.Name, context.FireTimeUtc);
        var cause = fault?.GetBaseException();
        var outcome = cause switch
        {
            null => JobOutcome.Succeeded,
            OperationCanceledException => JobOutcome.Cancelled,
            _ => JobOutcome.Failed,
        };
        if (outcome == JobOutcome.Succeeded)
        {
            meter.JobSucceeded(job, began + context.JobRunTime);
        }

        var error = outcome == JobOutcome.Failed ? cause!.Message : null;
        try
        {
            await runs.KeepAsync(
                job,
                new(
                    began,
                    began + context.JobRunTime,
                    outcome,
                    error?[..Math.Min(error.Length, MaxError)],
                    ThisNode.Name
                )
            );
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            log.RunNotKept(job, away);
        }
    }
}
