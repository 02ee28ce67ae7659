namespace Shop.Load.Measure;

/// <summary>Clients side by side, each of whom waits for its answer before it does the next thing.</summary>
internal static class ClosedLoop
{
    /// <summary>Does a step for each number from 0, and shows how far it is.</summary>
    /// <param name="count">How many.</param>
    /// <param name="concurrency">How many clients.</param>
    /// <param name="what">What each step makes, for the progress.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task EachAsync(
        int count,
        int concurrency,
        string what,
        Func<int, Task> step,
        CancellationToken cancel
    )
    {
        var done = 0;
        await using var progress = new Progress(
            () => ((double)done / Math.Max(1, count), $"{done} {what}"),
            TimeProvider.System
        );
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancel },
            async (n, _) =>
            {
                await step(n);
                Interlocked.Increment(ref done);
            }
        );
    }
}
