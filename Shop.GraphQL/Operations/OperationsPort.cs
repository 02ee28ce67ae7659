using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Shop.Data.Telemetry;
using Shop.GraphQL.Operations.Heap;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Operations;

/// <summary>The port that operators' systems ask: <c>/metrics</c>, <c>/health/*</c>, the heap where they want it, and nothing that clients ask for.</summary>
internal static class OperationsPort
{
    /// <summary>Measures for it, where there is such a port.</summary>
    public static void AddOperationsPort(this WebApplicationBuilder builder)
    {
        if (TelemetryServices.PortOf(builder.Configuration) != 0)
        {
            builder.Services.AddShopMetrics(
                ProcessIdentity.Of("shop-web", builder.Configuration),
                metrics => metrics.AddPrometheusExporter()
            );
        }
    }

    /// <summary>Answers there. It is known by the port that a connection came in at: what a client says in <c>Host</c> is its own word.</summary>
    public static void UseOperationsPort(this WebApplication app)
    {
        var port = TelemetryServices.PortOf(app.Configuration);
        if (port == 0)
        {
            return;
        }

        app.MapWhen(
            http => http.Connection.LocalPort == port,
            own =>
            {
                own.UseOpenTelemetryPrometheusScrapingEndpoint();
                own.UseRouting();
                own.UseEndpoints(endpoints =>
                {
                    endpoints.MapHealth();
                    if (app.Services.GetRequiredService<IOptions<OperationsOptions>>().Value.Heap)
                    {
                        endpoints.MapPost(
                            HeapEndpoint.Path,
                            app.Services.GetRequiredService<HeapEndpoint>().ServeAsync
                        );
                    }
                });
            }
        );
        // After the branch, or an address of the shop would be found before the port is looked at.
        app.UseRouting();
    }
}
