using System.Diagnostics;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// The span of an operation. In a trace that is not recorded there is none, and its request's is told instead, so that one that fails
/// can be kept.
/// </summary>
internal readonly struct OperationSpan : IDisposable
{
    private readonly Activity? _own;
    private readonly Activity? _told;

    private OperationSpan(Activity? own) =>
        (_own, _told) = (own, own ?? (Traces.Source.HasListeners() ? Activity.Current : null));

    /// <summary>Begins it.</summary>
    /// <param name="parent">What it hangs below, where that is not the request.</param>
    public static OperationSpan Begin(ActivityContext parent) =>
        new(Traces.Source.StartActivity("operation", ActivityKind.Internal, parent));

    /// <summary>Says what was run and how it ended, in the words of the metrics; never what a client wrote.</summary>
    public void Tell(string name, string type, string outcome, long? cost)
    {
        _own?.DisplayName = $"{type} {name}";
        if (_told is not { IsAllDataRequested: true } span)
        {
            return;
        }

        span.SetTag("graphql.operation.name", name)
            .SetTag("graphql.operation.type", type)
            .SetTag("shop.outcome", outcome)
            .SetTag("shop.cost", cost);
        if (outcome == "error")
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _own?.Dispose();
}
