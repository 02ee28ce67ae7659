using OpenTelemetry.Trace;
using Shop.Data.Telemetry;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Operations;

/// <summary>Which requests of a web host begin a trace.</summary>
internal static class TracedRequests
{
    /// <summary>Traces them, where traces are sent anywhere.</summary>
    public static void AddTraces(this WebApplicationBuilder builder)
    {
        if (!TraceServices.AreSent(builder.Configuration))
        {
            return;
        }

        var operators = TelemetryServices.PortOf(builder.Configuration);
        builder.Services.AddShopTraces(
            ProcessIdentity.Of("shop-web", builder.Configuration),
            traces =>
                traces.AddAspNetCoreInstrumentation(requests =>
                    requests.Filter = http => !LongLived.MayBe(http) && http.Connection.LocalPort != operators
                )
        );
    }
}
