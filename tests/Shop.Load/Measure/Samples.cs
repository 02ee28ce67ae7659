using System.Diagnostics;

namespace Shop.Load.Measure;

/// <summary>Every duration that was measured, none rounded into a bucket. Safe to share between threads.</summary>
internal sealed class Samples
{
    /// <summary>The most samples: 80 MB. A scenario that could take more is bounded by its options.</summary>
    public const int Most = 10_000_000;

    private readonly List<long> _ticks = [];
    private readonly Lock _lock = new();

    /// <summary>How many.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ticks.Count;
            }
        }
    }

    /// <summary>Adds the time between two readings of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Most"/> already.</exception>
    public void Add(long began, long ended)
    {
        lock (_lock)
        {
            if (_ticks.Count == Most)
            {
                throw new InvalidOperationException("More samples than can be kept.");
            }

            _ticks.Add(ended - began);
        }
    }

    /// <summary>The measured durations in order; percentiles are read from it.</summary>
    public Sorted Sort()
    {
        lock (_lock)
        {
            long[] ticks = [.. _ticks];
            Array.Sort(ticks);
            return new Sorted(ticks);
        }
    }

    /// <summary>Durations, shortest first.</summary>
    internal readonly struct Sorted(long[] ticks)
    {
        /// <summary>
        /// The shortest duration that at least <paramref name="percent"/> of all do not exceed (nearest rank): one that
        /// was measured, never a mean of two. Zero where nothing was measured.
        /// </summary>
        /// <param name="percent">Above 0, up to 100.</param>
        public TimeSpan At(double percent) =>
            ticks.Length == 0
                ? TimeSpan.Zero
                : Stopwatch.GetElapsedTime(0, ticks[(int)Math.Ceiling(percent / 100 * ticks.Length) - 1]);
    }
}
