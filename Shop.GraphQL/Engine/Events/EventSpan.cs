using System.Diagnostics;
using Shop.Data.Telemetry;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Events;

/// <summary>
/// The span of one event: from when its turn comes until its bytes are written. It hangs below what caused the event, where that is
/// known and recorded; else it is a trace of its own. It never is a part of its connection, which stays open for hours.
/// </summary>
internal readonly struct EventSpan : IDisposable
{
    private readonly Activity? _span;

    private EventSpan(Activity? span) => _span = span;

    /// <summary>Begins it.</summary>
    /// <param name="name">Of all events of a subscription, such as <c>push orderStatusChanged</c>.</param>
    /// <param name="value">The event.</param>
    public static EventSpan Begin(string name, object? value)
    {
        Traces.LeaveConnection();
        var said = (value as TracedEvent)?.TraceParent;
        var cause = ActivityContext.TryParse(said, traceState: null, isRemote: true, out var known)
            ? known
            : default;
        return new(Traces.Source.StartActivity(name, ActivityKind.Producer, cause));
    }

    /// <summary>Says how it was answered, so that one that fails is kept.</summary>
    public void Tell(ExecutionResult result)
    {
        if (_span is not null && OperationOutcome.Of(result) is "error")
        {
            _span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _span?.Dispose();
}
