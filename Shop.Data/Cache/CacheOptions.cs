using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Cache;

/// <summary>How rows of the catalogue are kept that are asked for by key. Section <c>Cache</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Cache";

    /// <summary>Whether rows are kept at all. Without, each is read anew: for whoever suspects the cache.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Bytes of memory for rows, about. 64 MB hold some 40,000 products; what nobody asks for goes first.</summary>
    [Range(1_000_000, 16_000_000_000)]
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether nodes share rows over Redis. A shop of one node has no use for that.</summary>
    public bool Redis { get; init; } = true;

    /// <summary>How long Redis may take; past that a row is read, and Redis is left alone for two seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ConvertValueInInvariantCulture = true)]
    public TimeSpan RedisTimeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a node waits at the most for another that reads the same row just now; zero: each node reads for itself. Where it
    /// has waited in vain, it reads.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ConvertValueInInvariantCulture = true)]
    public TimeSpan AcrossNodes { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// How many keys of products, SKUs and categories are known at the least, so that those that nobody has need no statement; 1.2 MB
    /// of memory for a million. It grows with the catalogue. Zero: none.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int KnownKeys { get; init; } = 1_000_000;

    /// <summary>
    /// How long a row is good where no change of it is announced; a category three times as long. Changes are announced, so
    /// that this bounds what was done by hand alone.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much longer at the most, drawn for each row: those that came together do not go together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long is remembered that a key has no row; half of it more at the most.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AbsentLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a row may be that is shown because no database answers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StaleFor { get; init; } = TimeSpan.FromHours(24);
}
