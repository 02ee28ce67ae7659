using Quartz;
using Shop.Data.Storage;

namespace Shop.Jobs.Messages;

/// <summary>Empties one context's local message table, oldest first; woken by NOTIFY, else each second.</summary>
[DisallowConcurrentExecution]
internal sealed class DeliverMessagesJob<TDb>(MessageDelivery<TDb> delivery, MessageBell<TDb> bell) : IJob
    where TDb : ContextDb
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        // Answered before the first look: what is written from now on rings again.
        bell.Answer();
        await delivery.DeliverAsync(cancellationToken);
    }
}
