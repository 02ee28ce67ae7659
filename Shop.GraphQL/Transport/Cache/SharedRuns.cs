using System.Collections.Concurrent;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>
/// Lets those who ask the same thing at the same time wait for one answer, as long as nothing changes under it: a client
/// that asks after a change gets an answer that was begun after it. Thread-safe.
/// </summary>
internal sealed class SharedRuns
{
    /// <summary>Runs at a time; one more is not shared. Askers who have left are not waited for, so this is the bound.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<byte[], Run> _running = new(new SameBytes());
    private int _count;

    /// <summary>The answer of a run that is under way, or else of a new one. Fails as the run fails.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="begin">How long an answer is good that is begun now.</param>
    /// <param name="run">Answers. What one asker does, such as leaving, must not end it for the others.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PublicAnswer> ShareAsync(
        byte[] key,
        Func<Freshness> begin,
        Func<Freshness, Task<PublicAnswer>> run,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var mine = new Run(begin());
            if (_running.TryGetValue(key, out var theirs) && theirs.Freshness.Holds())
            {
                return await theirs.Answer.WaitAsync(cancel);
            }

            if (_count >= Most)
            {
                return await run(mine.Freshness).WaitAsync(cancel);
            }

            if (theirs is null ? _running.TryAdd(key, mine) : _running.TryUpdate(key, mine, theirs))
            {
                _ = RunAsync(key, mine, run);
                return await mine.Answer.WaitAsync(cancel);
            }
        }
    }

    private async Task RunAsync(byte[] key, Run mine, Func<Freshness, Task<PublicAnswer>> run)
    {
        Interlocked.Increment(ref _count);
        try
        {
            mine.Set(await run(mine.Freshness));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Each of those who wait hears of it.
            mine.Fail(fault);
        }
        finally
        {
            _running.TryRemove(new(key, mine));
            Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Run(Freshness freshness)
    {
        // The askers go on elsewhere, not in the middle of the run.
        private readonly TaskCompletionSource<PublicAnswer> _answer = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Freshness Freshness => freshness;

        public Task<PublicAnswer> Answer => _answer.Task;

        public void Set(PublicAnswer answer) => _answer.SetResult(answer);

        public void Fail(Exception fault) => _answer.SetException(fault);
    }
}
