using System.Runtime.CompilerServices;

namespace Shop.GraphQL.Engine.Events;

/// <summary>The results of a subscription, run one by one as its reader takes them; events that come meanwhile wait.</summary>
/// <param name="source">The events themselves.</param>
/// <param name="name">What the span of each is called.</param>
/// <param name="capacity">How many events may wait.</param>
/// <param name="run">Makes a result of an event.</param>
/// <param name="fail">Makes a result of a fault of the source.</param>
internal sealed class EventStream(
    IObservable<object?> source,
    string name,
    int capacity,
    Func<object?, CancellationToken, Task<ExecutionResult>> run,
    Func<Exception, Task<ExecutionError>> fail
) : IObservable<ExecutionResult>
{
    /// <summary>Reads it once, to its end or until cancelled; leaving the loop unsubscribes from the source.</summary>
    /// <exception cref="SlowReaderException">Too many events were waiting.</exception>
    public async IAsyncEnumerable<ExecutionResult> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var events = new WaitingEvents(capacity);
        using var subscription = source.Subscribe(events);
        while (await events.NextAsync(cancel) is { } next)
        {
            if (next.Fault is { } fault)
            {
                yield return new ExecutionResult(await fail(fault));
                yield break;
            }

            // Ended when the next one is asked for: this one is written then.
            using var span = EventSpan.Begin(name, next.Value);
            var result = await run(next.Value, cancel);
            span.Tell(result);
            yield return result;
        }
    }

    /// <summary>Not how it is read: the engine's type of a stream has no way to slow its source down.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public IDisposable Subscribe(IObserver<ExecutionResult> observer) =>
        throw new NotSupportedException($"Call {nameof(ReadAsync)}.");
}

/// <summary>Finds the stream in a result.</summary>
internal static class EventStreamOfResult
{
    /// <summary>The events of a subscription that has been opened; a subscription has one root field.</summary>
    public static EventStream Events(this ExecutionResult result) =>
        (EventStream)result.Streams!.Values.Single();
}
