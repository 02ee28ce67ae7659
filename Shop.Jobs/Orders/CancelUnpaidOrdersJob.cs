using Quartz;
using Shop.Data.Orders.Fulfilling;

namespace Shop.Jobs.Orders;

/// <summary>Calls off orders that were not paid in time, batch after batch until none is due.</summary>
[DisallowConcurrentExecution]
internal sealed class CancelUnpaidOrdersJob(CancelUnpaidOrders cancelUnpaidOrders) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        while (await cancelUnpaidOrders.RunAsync(cancellationToken) == CancelUnpaidOrders.BatchSize) { }
    }
}
