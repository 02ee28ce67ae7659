using System.Collections.Concurrent;
using System.Reflection;
using System.Threading.Channels;
using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Events;

/// <summary>
/// Events that wait for the reader of a subscription. Of what has an id the latest state waits, where the first one stood: a
/// reader that is behind is told how it is, not how it came to be. Events without an id are told one by one; when too much
/// waits, the reader is let go rather than kept in memory. Thread-safe, for one reader.
/// </summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class WaitingEvents(int capacity) : IObserver<object?>
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo> _ids = new();

    private readonly Channel<object> _order = Channel.CreateBounded<object>(
        new BoundedChannelOptions(capacity) { SingleReader = true }
    );
    private readonly Dictionary<object, object?> _latest = [];

    /// <summary>The next one; null at the end.</summary>
    /// <exception cref="SlowReaderException">Too much was waiting.</exception>
    public async ValueTask<WaitingEvent?> NextAsync(CancellationToken cancel)
    {
        try
        {
            if (!await _order.Reader.WaitToReadAsync(cancel) || !_order.Reader.TryRead(out var key))
            {
                return null;
            }

            lock (_latest)
            {
                _latest.Remove(key, out var value);
                return new(value, null);
            }
        }
        catch (SourceFaultException fault)
        {
            return new(null, fault.InnerException!);
        }
    }

    /// <inheritdoc />
    public void OnNext(object? value)
    {
        var key = value is Node state ? KeyOf(state) : new object();
        lock (_latest)
        {
            var waits = _latest.ContainsKey(key);
            _latest[key] = value;
            if (!waits && !_order.Writer.TryWrite(key))
            {
                _order.Writer.TryComplete(new SlowReaderException());
            }
        }
    }

    /// <inheritdoc />
    public void OnError(Exception error) => _order.Writer.TryComplete(new SourceFaultException(error));

    /// <inheritdoc />
    public void OnCompleted() => _order.Writer.TryComplete();

    private static (Type Type, object? Id) KeyOf(Node state)
    {
        var type = state.GetType();
        return (type, _ids.GetOrAdd(type, static type => type.GetProperty("Id")!).GetValue(state));
    }

    private sealed class SourceFaultException(Exception fault)
        : Exception("The source of events failed.", fault);
}

/// <summary>An event, or what its source failed with.</summary>
internal sealed record WaitingEvent(object? Value, Exception? Fault);

/// <summary>A subscriber did not read its events in time.</summary>
internal sealed class SlowReaderException() : Exception("Events were not read in time.")
{
    /// <summary>As the subscriber is told of it: the last word of its subscription, and of no other.</summary>
    public RequestError Error => new(Message) { Code = ErrorCode.SlowConsumer };
}
