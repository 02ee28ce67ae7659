using Quartz;

namespace Shop.Jobs.Messages;

/// <summary>Empties one lane of one context's local message table, oldest first; woken by NOTIFY, else twice a second.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverMessagesJob<TDb>(MessageDelivery<TDb> delivery, MessageBell<TDb> bell) : IJob
    where TDb : ContextDb
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        var lane = delivery.Lanes.Single(lane => lane.Job.Equals(context.JobDetail.Key));
        // Answered before the first look: what is written from now on wakes it again.
        bell.Answer(lane);
        await delivery.DeliverAsync(lane, cancellationToken);
    }
}
