using Quartz;
using Shop.Data.Orders.Keys;

namespace Shop.Jobs.Orders;

/// <summary>Retention: forgets old idempotency keys, batch after batch until none is left.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetKeysJob(ForgetKeys forgetKeys) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        while (await forgetKeys.RunAsync(cancellationToken) == ForgetKeys.BatchSize) { }
    }
}
