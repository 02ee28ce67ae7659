using System.Diagnostics;

namespace Shop.Data.Payments.Channels;

/// <summary>
/// The spans of payments: <c>payments.begin</c>, <c>payments.token</c>, <c>payments.notice</c>, <c>payments.check</c>,
/// <c>channel.{code}.{verb}</c>. None has a secret.
/// </summary>
internal static class PaymentSpans
{
    public static ActivitySource Source { get; } = new("Shop.Payments");

    /// <summary>A span of what comes later, which names the trace that began the payment; null where nobody listens.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="traceparent">Of the payment; null where it was not traced.</param>
    public static Activity? Linked(string name, string? traceparent) =>
        Source.StartActivity(
            name,
            ActivityKind.Internal,
            parentContext: default,
            links: ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out var begun)
                ? [new(begun)]
                : []
        );
}
