using System.Diagnostics;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// The trace that an operation of a connection is said to be a part of: <c>extensions.traceparent</c>, since its headers are as old as the
/// connection. It is believed as far as headers are.
/// </summary>
internal static class SaidTrace
{
    /// <summary>Of one operation; nothing where it says none, or is not believed.</summary>
    public static ActivityContext Of(HttpContext http, GraphRequest request)
    {
        if (request.Extensions is null || !Traces.Source.HasListeners())
        {
            return default;
        }

        var belief = http.RequestServices.GetRequiredService<DistributedContextPropagator>();
        belief.ExtractTraceIdAndState(request.Extensions, Read, out var said, out var state);
        return ActivityContext.TryParse(said, state, isRemote: true, out var trace) ? trace : default;
    }

    private static void Read(
        object? extensions,
        string name,
        out string? value,
        out IEnumerable<string>? values
    ) => (value, values) = (((Inputs)extensions!).GetValueOrDefault(name) as string, null);
}
