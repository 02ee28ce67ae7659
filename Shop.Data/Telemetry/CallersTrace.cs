using System.Diagnostics;

namespace Shop.Data.Telemetry;

/// <summary>
/// What is taken over from a request's <c>traceparent</c>: nothing of a stranger's, and of a trusted gateway's the trace, never whether it
/// is recorded. What a shop itself calls gets the header as ever.
/// </summary>
internal sealed class CallersTrace(bool isTrusted) : DistributedContextPropagator
{
    private const int FlagsAt = 53;

    private static readonly DistributedContextPropagator _standard = CreateDefaultPropagator();

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Fields => _standard.Fields;

    /// <inheritdoc />
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        _standard.Inject(activity, carrier, setter);

    /// <inheritdoc />
    public override void ExtractTraceIdAndState(
        object? carrier,
        PropagatorGetterCallback? getter,
        out string? traceId,
        out string? traceState
    )
    {
        (traceId, traceState) = (null, null);
        if (isTrusted)
        {
            _standard.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
            traceId = traceId is { Length: > FlagsAt } told ? $"{told.AsSpan(0, FlagsAt)}00" : null;
        }
    }

    /// <inheritdoc />
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier,
        PropagatorGetterCallback? getter
    ) => null;
}
