using Npgsql;
using Shop.Data.Storage.Faults;

namespace Shop.Data.Orders;

/// <summary>Work that is done for many at once, all or none: where it fails, only those fail that are at fault.</summary>
internal static class BatchWork
{
    /// <summary>Does it for all of them; where that fails, for each half by itself, down to those at fault.</summary>
    /// <param name="batch">One or more.</param>
    /// <param name="work">Does it for those it is given, or fails; safe to repeat for those it was done for.</param>
    /// <param name="fail">Told of each that it can't be done for, and why.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Exception">What <paramref name="work"/> fails with for all alike, as where a store is away.</exception>
    public static async Task RunAsync<T>(
        IReadOnlyList<T> batch,
        Func<IReadOnlyList<T>, Task> work,
        Action<T, Exception> fail,
        CancellationToken cancel
    )
    {
        try
        {
            await work(batch);
        }
        catch (Exception fault) when (!IsOfAll(fault) && !cancel.IsCancellationRequested)
        {
            if (batch is [var guilty])
            {
                fail(guilty, fault);
                return;
            }

            var half = batch.Count / 2;
            await RunAsync([.. batch.Take(half)], work, fail, cancel);
            await RunAsync([.. batch.Skip(half)], work, fail, cancel);
        }
    }

    // A store that is away, or takes too long, does so for each of them: one after the other would only take longer.
    private static bool IsOfAll(Exception fault) =>
        fault is OutOfMemoryException or NpgsqlException { InnerException: TimeoutException }
        || Outage.Is(fault);
}
