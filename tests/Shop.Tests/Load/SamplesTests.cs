using System.Diagnostics;
using Shop.Load.Measure;

namespace Shop.Tests.Load;

public sealed class SamplesTests
{
    [Fact]
    public void A_percentile_is_a_sample_that_so_many_do_not_exceed()
    {
        var samples = new Samples();
        foreach (var milliseconds in Enumerable.Range(1, 150).Reverse())
        {
            samples.Add(began: 0, milliseconds * Stopwatch.Frequency / 1000);
        }

        var sorted = samples.Sort();
        Assert.Equal(150, samples.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(75), sorted.At(50));
        Assert.Equal(TimeSpan.FromMilliseconds(143), sorted.At(95));
        Assert.Equal(TimeSpan.FromMilliseconds(149), sorted.At(99));
        Assert.Equal(TimeSpan.FromMilliseconds(150), sorted.At(100));
    }

    [Fact]
    public void One_sample_is_every_percentile_and_none_is_zero()
    {
        var samples = new Samples();
        Assert.Equal(TimeSpan.Zero, samples.Sort().At(50));

        samples.Add(began: 0, Stopwatch.Frequency);
        Assert.Equal(TimeSpan.FromSeconds(1), samples.Sort().At(1));
        Assert.Equal(TimeSpan.FromSeconds(1), samples.Sort().At(99));
    }
}
