using Shop.Data.Telemetry;

namespace Shop.GraphQL.Operations;

/// <summary>Has the hits of this process's memories measured.</summary>
internal sealed class TellCaches(CacheCounts counts, ShopMeter meter) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveCaches(() =>
            counts.Read().Select(use => (NameOf(use.Cache), (long)use.Hits, (long)use.Misses))
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string NameOf(Cache cache) =>
        cache switch
        {
            Cache.Answers => "answers",
            Cache.Documents => "documents",
            Cache.StaffDocuments => "staff_documents",
            Cache.AutomaticDocuments => "automatic_documents",
            _ => throw new ArgumentOutOfRangeException(nameof(cache), cache, "No such memory."),
        };
}
