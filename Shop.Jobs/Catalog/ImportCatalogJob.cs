using Microsoft.Extensions.Hosting;
using Quartz;
using Shop.Data.Catalog.Import;

namespace Shop.Jobs.Catalog;

/// <summary>Works imports off, one after the other, until none is due. Nodes share them by leases, so each looks for itself.</summary>
[DisallowConcurrentExecution]
internal sealed class ImportCatalogJob(RunNextImport runNextImport, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    )
    {
        // An import may take minutes; a host that closes does not wait for it, and another goes on where it was.
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            host.ApplicationStopping
        );
        try
        {
            while (await runNextImport.RunAsync(closing.Token) is not null) { }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The import was put back.
        }
    }
}
