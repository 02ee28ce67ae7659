using Microsoft.AspNetCore.Http.Features;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Transport.Http;

/// <summary>What is measured of connections that stay open.</summary>
internal static class LongLived
{
    /// <summary>Counts one until what this returns is disposed; its hours are not among the durations of answers.</summary>
    /// <param name="http">The request that became it.</param>
    /// <param name="meter">Counts.</param>
    /// <param name="transport"><c>websocket</c> or <c>sse</c>.</param>
    public static IDisposable Begin(HttpContext http, ShopMeter meter, string transport)
    {
        http.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
        return meter.Connected(transport);
    }
}
