using Microsoft.Extensions.Options;
using Quartz;
using Shop.Data.Messages;
using Shop.Data.Storage;

namespace Shop.Jobs.Messages;

/// <summary>Retention: removes one context's confirmed messages and old inbox entries, a batch at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class RemoveDoneMessagesJob<TDb>(
    LocalMessages<TDb> messages,
    IOptions<MessageOptions> options,
    TimeProvider clock
) : IJob
    where TDb : ContextDb
{
    // Small enough that a batch holds its locks for milliseconds.
    private const int BatchSize = 5000;

    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        var before = clock.GetUtcNow() - options.Value.Retention;
        while (await messages.RemoveDoneAsync(before, BatchSize, cancellationToken) > 0) { }
    }
}
