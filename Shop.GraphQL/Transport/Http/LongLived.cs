using Microsoft.AspNetCore.Http.Features;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Transport.Http;

/// <summary>What is measured of connections that stay open, and that they are no trace.</summary>
internal static class LongLived
{
    /// <summary>Counts one until what this returns is disposed; its hours are not among the durations of answers.</summary>
    /// <param name="http">The request that became it.</param>
    /// <param name="meter">Counts.</param>
    /// <param name="transport"><c>websocket</c> or <c>sse</c>.</param>
    public static IDisposable Begin(HttpContext http, ShopMeter meter, string transport)
    {
        Traces.LeaveConnection();
        http.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
        return meter.Connected(transport);
    }

    /// <summary>
    /// Whether a request asks to become one: its trace would be hours long. Asked before anybody has looked at the request, and so its
    /// headers alone say it.
    /// </summary>
    public static bool MayBe(HttpContext http) =>
        http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
        || http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Request.Headers.Accept.ToString()
            .Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
