using Shop.Data.Cache;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Operations;

/// <summary>Has the memories of this process measured.</summary>
internal sealed class TellCaches(CacheCounts counts, RowCounts rows, KnownKeys known, ShopMeter meter)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveCaches(() =>
            from use in counts.Read()
            // Those are among the rows.
            where use.Cache is not Cache.KnownKeys
            select (NameOf(use.Cache), (long)use.Hits, (long)use.Misses)
        );
        meter.ObserveCacheBytes(() =>
            from use in counts.Read()
            let bytes = use.Bytes
            where bytes.HasValue
            select (NameOf(use.Cache), (long)bytes.GetValueOrDefault())
        );
        meter.ObserveRows(
            () => Enum.GetValues<CacheOutcome>().Select(outcome => (NameOf(outcome), rows.Of(outcome))),
            () => rows.RefusedFills
        );
        meter.ObserveKnownKeys(() => known.Count);
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
            Cache.Rows => "rows",
            Cache.KnownKeys => "known_keys",
            _ => throw new ArgumentOutOfRangeException(nameof(cache), cache, "No such memory."),
        };

    private static string NameOf(CacheOutcome outcome) =>
        outcome switch
        {
            CacheOutcome.Memory => "memory",
            CacheOutcome.Redis => "redis",
            CacheOutcome.Read => "read",
            CacheOutcome.Missing => "missing",
            CacheOutcome.Absent => "absent",
            CacheOutcome.Denied => "denied",
            CacheOutcome.Stale => "stale",
            CacheOutcome.BelowFloor => "below_floor",
            CacheOutcome.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome."),
        };
}
