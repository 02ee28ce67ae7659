using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// The results of a subscription, run one by one as its reader takes them. Events that come while the reader is busy
/// wait in a bounded queue; when it is full the reader is too slow, and is let go rather than kept in memory.
/// </summary>
/// <param name="source">The events themselves.</param>
/// <param name="capacity">How many events may wait.</param>
/// <param name="run">Makes a result of an event.</param>
/// <param name="fail">Makes a result of a fault of the source.</param>
internal sealed class EventStream(
    IObservable<object?> source,
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
        var events = Channel.CreateBounded<object?>(
            new BoundedChannelOptions(capacity) { SingleReader = true }
        );
        using var subscription = source.Subscribe(new Intake(events.Writer));
        while (await NextAsync(events.Reader, cancel) is { } next)
        {
            if (next.Fault is { } fault)
            {
                yield return new ExecutionResult(await fail(fault));
                yield break;
            }

            yield return await run(next.Value, cancel);
        }
    }

    /// <summary>Not how it is read: the engine's type of a stream has no way to slow its source down.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public IDisposable Subscribe(IObserver<ExecutionResult> observer) =>
        throw new NotSupportedException($"Call {nameof(ReadAsync)}.");

    private static async ValueTask<Event?> NextAsync(ChannelReader<object?> events, CancellationToken cancel)
    {
        try
        {
            return await events.WaitToReadAsync(cancel) && events.TryRead(out var value)
                ? new Event(value, null)
                : null;
        }
        catch (SourceFaultException fault)
        {
            return new Event(null, fault.InnerException!);
        }
    }

    private sealed record Event(object? Value, Exception? Fault);

    private sealed class Intake(ChannelWriter<object?> events) : IObserver<object?>
    {
        public void OnNext(object? value)
        {
            if (!events.TryWrite(value))
            {
                events.TryComplete(new SlowReaderException());
            }
        }

        public void OnError(Exception error) => events.TryComplete(new SourceFaultException(error));

        public void OnCompleted() => events.TryComplete();
    }

    private sealed class SourceFaultException(Exception fault)
        : Exception("The source of events failed.", fault);
}

/// <summary>A subscriber did not read its events in time.</summary>
internal sealed class SlowReaderException() : Exception("Events were not read in time.");

/// <summary>Finds the stream in a result.</summary>
internal static class EventStreamOfResult
{
    /// <summary>The events of a subscription that has been opened; a subscription has one root field.</summary>
    public static EventStream Events(this ExecutionResult result) =>
        (EventStream)result.Streams!.Values.Single();
}
