using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>How answers that read the same for everybody are kept; section <c>GraphQL:AnswerCache</c>.</summary>
internal sealed class AnswerCacheOptions
{
    public const string Section = "GraphQL:AnswerCache";

    /// <summary>Whether they are kept at all; default yes. Off, each request is run.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Bytes of all that is kept, with the requests it is found by. A page of 20 products is 11 KB, so that the default
    /// holds the pages that shoppers look at; an answer larger than a hundredth of it is not kept.
    /// </summary>
    [Range(1024 * 1024, 4L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests that are remembered with their answer, however small it is.</summary>
    [Range(2, 10_000_000)]
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>
    /// How long an answer is good without being told that something changed. What is announced is seen at once; this
    /// bounds what can be missed while Redis is away.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How far a replica may be behind an announcement. What is read sooner than this after one may be what was true
    /// before, and is good for no longer than that. Replicas were seen 0.1 s behind under load.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ReplicaLag { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How old an answer may be that is shown where the same cannot be read now, since a store is away or does not answer in time; it
    /// says how old it is. Zero: none is, and who asks is told so.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StaleFor { get; init; } = TimeSpan.FromMinutes(1);
}
