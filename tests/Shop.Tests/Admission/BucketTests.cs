using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Admission;

namespace Shop.Tests.Admission;

/// <summary>Points of one process.</summary>
public sealed class BucketTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_has_been_idle_begins_at_a_third_and_rises()
    {
        var rate = new Rate(PerSecond: 30, Burst: 30, WarmUp: TimeSpan.FromSeconds(10));
        var bucket = new TokenBucket(_clock);

        Assert.Equal(10, TakeAll(bucket, rate));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(20, TakeAll(bucket, rate));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(30, TakeAll(bucket, rate));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(10, TakeAll(bucket, rate));
    }

    [Fact]
    public void It_tells_how_long_to_wait_and_then_has_it()
    {
        var rate = new Rate(PerSecond: 2, Burst: 1);
        var bucket = new TokenBucket(_clock);
        Assert.Null(bucket.TakeNow(1, rate));

        var wait = bucket.TakeNow(1, rate);
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        _clock.Advance(wait!.Value);
        Assert.Null(bucket.TakeNow(1, rate));
    }

    [Fact]
    public void Who_makes_up_subjects_takes_no_memory_and_gains_no_more_than_some()
    {
        const int Strangers = 300_000;
        var rate = new Rate(PerSecond: 1, Burst: 1);
        var buckets = new KeyedBuckets(_clock);

        var letIn = Enumerable.Range(0, Strangers).Count(n => buckets.Of($"{n}").TakeNow(1, rate) is null);

        Assert.Equal(KeyedBuckets.Most, buckets.Count);
        Assert.InRange(letIn, KeyedBuckets.Most, KeyedBuckets.Most + 1_024);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(buckets.Of("0").TakeNow(1, rate));
        buckets.ForgetFull(_ => rate);
        Assert.Equal(1, buckets.Count);
        Assert.Same(buckets.Of(new string('x', 5_000)), buckets.Of(new string('x', 5_000)));
        Assert.NotSame(buckets.Of(new string('x', 5_000)), buckets.Of(new string('x', 5_001)));
    }

    private static int TakeAll(TokenBucket bucket, Rate rate)
    {
        var taken = 0;
        while (bucket.TakeNow(1, rate) is null)
        {
            taken++;
        }

        return taken;
    }
}
