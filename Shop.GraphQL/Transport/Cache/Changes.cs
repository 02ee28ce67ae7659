using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>
/// Counts what has changed, by the channel it is announced on, and so tells how long an answer is good. Thread-safe; one
/// for the process.
/// </summary>
internal sealed class Changes(IOptions<AnswerCacheOptions> options, TimeProvider clock)
{
    private readonly long _lifetime = Ticks(options.Value.Lifetime, clock);
    private readonly long _lag = Ticks(options.Value.ReplicaLag, clock);
    private readonly ConcurrentDictionary<string, ChangeCount> _counts = new(StringComparer.Ordinal);

    /// <summary>Something has changed of what this channel announces; or may have, unheard.</summary>
    public void Tell(string channel) => Of(channel).Add(clock.GetTimestamp());

    /// <summary>How long an answer is good whose reading begins now.</summary>
    /// <param name="channels">Where changes of what it shows are announced.</param>
    public Freshness Begin(IReadOnlyCollection<string> channels)
    {
        var now = clock.GetTimestamp();
        var (counts, seen, until) = (
            new ChangeCount[channels.Count],
            new long[channels.Count],
            now + _lifetime
        );
        var index = 0;
        foreach (var channel in channels)
        {
            // The number before the time: a change in between makes the answer stale, never fresh.
            var count = counts[index] = Of(channel);
            seen[index++] = count.Number;
            var settled = count.LastAt + _lag;
            until = now < settled ? Math.Min(until, settled) : until;
        }

        return new Freshness(counts, seen, now, until, clock);
    }

    private ChangeCount Of(string channel) => _counts.GetOrAdd(channel, static _ => new());

    private static long Ticks(TimeSpan time, TimeProvider clock) =>
        (long)(time.TotalSeconds * clock.TimestampFrequency);
}

/// <summary>Changes of one kind: how many, and when the last one was heard.</summary>
internal sealed class ChangeCount
{
    private long _number;

    // Long ago, whatever the clock began with.
    private long _lastAt = long.MinValue / 2;

    public long Number => Volatile.Read(ref _number);

    public long LastAt => Volatile.Read(ref _lastAt);

    public void Add(long now)
    {
        // In this order, for a thread that reads the number first.
        Volatile.Write(ref _lastAt, now);
        Interlocked.Increment(ref _number);
    }
}

/// <summary>How long an answer is good: for a time, and until something changes of what it shows.</summary>
internal sealed class Freshness(ChangeCount[] counts, long[] seen, long begun, long until, TimeProvider clock)
{
    /// <summary>How long ago its reading began.</summary>
    public TimeSpan Age => clock.GetElapsedTime(begun);

    /// <summary>The same, but no longer than until a moment; null for no such moment.</summary>
    public Freshness Until(DateTimeOffset? end) =>
        end is { } moment
            ? new(counts, seen, begun, Math.Min(until, clock.GetTimestamp() + Ticks(moment)), clock)
            : this;

    /// <summary>Whether it is good now.</summary>
    public bool Holds()
    {
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index].Number != seen[index])
            {
                return false;
            }
        }

        return clock.GetTimestamp() < until;
    }

    // Centuries are as good as the bound there is.
    private long Ticks(DateTimeOffset moment) =>
        (long)(
            Math.Min((moment - clock.GetUtcNow()).TotalSeconds, TimeSpan.FromDays(1).TotalSeconds)
            * clock.TimestampFrequency
        );
}
