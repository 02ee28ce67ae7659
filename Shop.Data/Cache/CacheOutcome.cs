namespace Shop.Data.Cache;

/// <summary>How a key was answered.</summary>
public enum CacheOutcome
{
    /// <summary>From this node's memory.</summary>
    Memory,

    /// <summary>From Redis.</summary>
    Redis,

    /// <summary>By a statement.</summary>
    Read,

    /// <summary>By a statement that found no row.</summary>
    Missing,

    /// <summary>It is known that it has no row.</summary>
    Absent,

    /// <summary>Nobody has such a key, so that nothing was read.</summary>
    Denied,

    /// <summary>By an old row, since a newer one was not to be had, or not soon enough.</summary>
    Stale,

    /// <summary>What was kept was older than a change that this node had heard of, and was read again.</summary>
    BelowFloor,

    /// <summary>Not at all.</summary>
    Failed,
}
