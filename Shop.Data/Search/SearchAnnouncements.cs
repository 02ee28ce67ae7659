using System.Globalization;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Search;

/// <summary>Tells every node how far the index is.</summary>
public sealed class SearchAnnouncements(Announcer announcer)
{
    /// <summary>Where it is told; for <see cref="Signals"/>.</summary>
    public const string Channel = "search";

    /// <summary>Does not fail where Redis is away.</summary>
    public Task PublishAsync(IndexAge age) =>
        announcer.PublishAsync(
            Channel,
            string.Create(CultureInfo.InvariantCulture, $"{age.Revision} {age.AsOf.UtcTicks}")
        );

    /// <summary>Reads what was told; null for a signal that says nothing.</summary>
    public static IndexAge? Read(RedisValue told) =>
        ((string?)told)?.Split(' ') is [var revision, var ticks]
            ? new(
                long.Parse(revision, CultureInfo.InvariantCulture),
                new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)
            )
            : null;
}

/// <summary>How old the index is.</summary>
/// <param name="Revision">From which revision on it holds.</param>
/// <param name="AsOf">All that was committed by then is in such an index.</param>
public sealed record IndexAge(long Revision, DateTimeOffset AsOf);
