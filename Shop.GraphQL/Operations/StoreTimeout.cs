namespace Shop.GraphQL.Operations;

/// <summary>How long an operator waits for one store: when something is wrong, the rest of the page is what they need.</summary>
internal sealed class StoreTimeout(TimeProvider clock)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    /// <summary>Asks, and stops waiting after two seconds, whether the store notices or not.</summary>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(_limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await ask(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"There was no answer within {_limit}.", fault);
        }
    }
}
