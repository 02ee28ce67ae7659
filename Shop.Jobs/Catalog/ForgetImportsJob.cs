using Quartz;
using Shop.Data.Catalog.Import;

namespace Shop.Jobs.Catalog;

/// <summary>Retention: removes old files and old errors of imports, batch after batch until none is left.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetImportsJob(ForgetImports forgetImports) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        while (await forgetImports.RunAsync(cancellationToken) > 0) { }
    }
}
