using Quartz;
using Shop.Data.Accounts;

namespace Shop.Jobs.Accounts;

/// <summary>Retention: forgets sessions and tokens that are over, batch after batch until none is left.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetSessionsJob(ForgetSessions forgetSessions) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        while (await forgetSessions.RunAsync(cancellationToken) >= ForgetSessions.BatchSize) { }
    }
}
