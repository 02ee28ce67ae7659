using Shop.Data.Cache;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Cache;

namespace Shop.GraphQL.Operations;

/// <summary>What a process remembers.</summary>
internal enum Cache
{
    /// <summary>Answers that read the same for everybody, for some seconds. Counted is what could be such an answer.</summary>
    Answers,

    /// <summary>Documents of shoppers, parsed and checked. Counted is what was run, not what was answered from memory.</summary>
    Documents,

    /// <summary>Documents of staff, parsed and checked.</summary>
    StaffDocuments,

    /// <summary>Documents that clients have registered as they went: texts that need not be asked of Redis.</summary>
    AutomaticDocuments,

    /// <summary>Products, SKUs and categories that are asked for by key. Found is also what Redis has, and what is known not to be there.</summary>
    Rows,

    /// <summary>Which keys they have. Found is a key that nobody has, so that no database was asked; not found one that was asked for in vain.</summary>
    KnownKeys,
}

/// <summary>How well a memory of one process serves, since it was started.</summary>
/// <param name="Cache">Which.</param>
/// <param name="Hits">How often something was found; a whole number that may outgrow `Int`.</param>
/// <param name="Misses">How often it was not, and had to be made or asked for.</param>
/// <param name="HitRate">Hits of all, 0 to 1. Null where nothing was looked up.</param>
/// <param name="Entries">How many things are remembered.</param>
/// <param name="Bytes">How much memory they take; null where that is not counted.</param>
/// <param name="Since">Counted from here on.</param>
[Staff(StaffRole.Admin)]
internal sealed record CacheUse(
    Cache Cache,
    double Hits,
    double Misses,
    double? HitRate,
    int Entries,
    double? Bytes,
    DateTimeOffset Since
)
{
    internal static CacheUse Of(Cache cache, HitCount count, int entries, long? bytes = null) =>
        Of(cache, count.Hits, count.Misses, entries, bytes, count.Since);

    internal static CacheUse Of(
        Cache cache,
        long hits,
        long misses,
        int entries,
        long? bytes,
        DateTimeOffset since
    )
    {
        double? rate = hits + misses == 0 ? null : (double)hits / (hits + misses);
        return new(cache, hits, misses, rate, entries, bytes, since);
    }
}

/// <summary>What this process has counted.</summary>
internal sealed class CacheCounts(
    PublicAnswers answers,
    AnswerStore kept,
    GraphEngine shoppers,
    [FromKeyedServices(Audience.Staff)] GraphEngine staff,
    AutomaticDocuments automatic,
    RowCounts rows,
    EntityStores stores,
    KnownKeys known,
    TimeProvider clock
)
{
    private readonly DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>All of it, as it is now.</summary>
    public IReadOnlyList<CacheUse> Read()
    {
        var (entries, bytes) = kept.Size;
        return
        [
            CacheUse.Of(Cache.Answers, answers.Asked, entries, bytes),
            CacheUse.Of(Cache.Documents, shoppers.Documents.Asked, shoppers.Documents.Count),
            CacheUse.Of(Cache.StaffDocuments, staff.Documents.Asked, staff.Documents.Count),
            CacheUse.Of(Cache.AutomaticDocuments, automatic.Asked, automatic.Count),
            OfRows(),
            CacheUse.Of(
                Cache.KnownKeys,
                rows.Of(CacheOutcome.Denied),
                rows.Of(CacheOutcome.Missing),
                (int)Math.Min(known.Count, int.MaxValue),
                known.Bytes,
                _since
            ),
        ];
    }

    private CacheUse OfRows()
    {
        var (entries, bytes) = stores.Size;
        return CacheUse.Of(
            Cache.Rows,
            rows.Of(CacheOutcome.Memory)
                + rows.Of(CacheOutcome.Redis)
                + rows.Of(CacheOutcome.Stale)
                + rows.Of(CacheOutcome.Absent)
                + rows.Of(CacheOutcome.Denied),
            rows.Of(CacheOutcome.Read) + rows.Of(CacheOutcome.Missing) + rows.Of(CacheOutcome.Failed),
            entries,
            bytes,
            _since
        );
    }
}
