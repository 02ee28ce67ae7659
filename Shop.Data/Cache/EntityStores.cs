using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Shop.Data.Cache;

/// <summary>What caches of all kinds share: one memory, one Redis, one set of floors. One for the process.</summary>
public sealed class EntityStores : IDisposable
{
    private readonly MemoryCache _memory;

    public EntityStores(
        Floors floors,
        FencedRedisCache redis,
        RefillLease lease,
        KnownKeys known,
        RowServers servers,
        RowCounts counts,
        IOptions<CacheOptions> options,
        TimeProvider clock
    )
    {
        (Floors, Redis, Lease, Known) = (floors, redis, lease, known);
        (Servers, Counts, Options, Clock) = (servers, counts, options.Value, clock);
        Absent = new(floors, Options.AbsentLifetime, clock);
        _memory = new(
            new MemoryCacheOptions
            {
                SizeLimit = Options.MaxBytes,
                CompactionPercentage = 0.2,
                TrackStatistics = true,
            }
        );
        Rows = new FusionCache(new FusionCacheOptions { DisableTagging = true }, _memory);
    }

    /// <summary>What has changed, as far as this node has heard.</summary>
    internal Floors Floors { get; }

    /// <summary>What nodes share.</summary>
    internal FencedRedisCache Redis { get; }

    /// <summary>Whose turn it is to read what several nodes want.</summary>
    internal RefillLease Lease { get; }

    /// <summary>Which keys there are.</summary>
    internal KnownKeys Known { get; }

    /// <summary>Where rows are read.</summary>
    internal RowServers Servers { get; }

    /// <summary>What is done is counted there.</summary>
    internal RowCounts Counts { get; }

    internal CacheOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Keys without a row.</summary>
    internal AbsentKeys Absent { get; }

    /// <summary>Rows in memory; of each key one refill at a time.</summary>
    internal FusionCache Rows { get; }

    /// <summary>How many rows are in memory, and their bytes, about.</summary>
    public (int Entries, long Bytes) Size =>
        (_memory.Count, _memory.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0);

    /// <summary>What a row of a kind has to show to be used.</summary>
    internal long FloorOf<TKey, TRow>(EntityKind<TKey, TRow> kind, string subject) =>
        kind.AlsoOf is { } all ? Math.Max(Floors.Of(subject), Floors.Of(all)) : Floors.Of(subject);

    /// <summary>Whether a row is older than a change that this node has heard of.</summary>
    internal bool IsBelow<TKey, TRow>(EntityKind<TKey, TRow> kind, Held<TRow> held)
        where TRow : class => held.Row is not null && held.Version < FloorOf(kind, held.Subject);

    /// <summary>How long a row that is read now is good, jitter included.</summary>
    internal TimeSpan LifetimeOf(int times) =>
        times * (Options.Lifetime + Random.Shared.NextDouble() * Options.Jitter);

    /// <inheritdoc />
    public void Dispose()
    {
        Rows.Dispose();
        _memory.Dispose();
    }
}
