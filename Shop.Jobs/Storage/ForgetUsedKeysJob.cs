using Quartz;
using Shop.Data.Storage;
using Shop.Data.Storage.Idempotency;

namespace Shop.Jobs.Storage;

/// <summary>Retention: forgets one context's old idempotency keys, batch after batch until none is left.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetUsedKeysJob<TDb>(ForgetUsedKeys<TDb> forgetUsedKeys) : IJob
    where TDb : ContextDb
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        while (await forgetUsedKeys.RunAsync(cancellationToken) == ForgetUsedKeys<TDb>.BatchSize) { }
    }
}
