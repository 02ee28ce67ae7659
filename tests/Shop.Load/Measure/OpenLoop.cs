using System.Diagnostics;

namespace Shop.Load.Measure;

/// <summary>
/// Clients who come when they come, whether or not those before them have been served: a queue that grows shows. What
/// takes long is timed from the moment at which it should have begun, also where this program itself is late.
/// </summary>
internal static class OpenLoop
{
    /// <summary>Clients at once; past it they are sent late, and their time says so.</summary>
    private const int MostAtOnce = 10_000;

    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins each step at its time; returns when all have ended.</summary>
    /// <param name="count">How many.</param>
    /// <param name="perSecond">How many a second, evenly spread.</param>
    /// <param name="step">The step: its number, and when it should have begun, by the stopwatch.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task EachAsync(
        int count,
        int perSecond,
        Func<int, long, Task> step,
        CancellationToken cancel
    )
    {
        var done = 0;
        using var places = new SemaphoreSlim(MostAtOnce);
        var running = new List<Task>(count);
        await using var progress = new Progress(
            () => ((double)done / count, $"{done} done, {running.Count - done} under way"),
            TimeProvider.System
        );
        using var timer = new PeriodicTimer(_tick, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++)
        {
            var due = began + n * Stopwatch.Frequency / perSecond;
            while (Stopwatch.GetTimestamp() < due)
            {
                await timer.WaitForNextTickAsync(cancel);
            }

            await places.WaitAsync(cancel);
            var (number, at) = (n, due);
            running.Add(
                Task.Run(
                    async () =>
                    {
                        try
                        {
                            await step(number, at);
                        }
                        finally
                        {
                            places.Release();
                            Interlocked.Increment(ref done);
                        }
                    },
                    cancel
                )
            );
        }

        await Task.WhenAll(running);
    }
}
