using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Desk;

/// <summary>The port at which a process without ASP.NET Core answers <c>/metrics</c>.</summary>
internal static class OperationsPort
{
    /// <summary>Measures for it, and answers there, where there is such a port.</summary>
    public static void AddOperationsPort(this HostApplicationBuilder builder)
    {
        var port = TelemetryServices.PortOf(builder.Configuration);
        if (port == 0)
        {
            return;
        }

        builder.Services.AddShopMetrics(
            ProcessIdentity.Of("shop-jobs", builder.Configuration),
            metrics =>
                metrics.AddPrometheusHttpListener(listener =>
                    listener.ConfigureHttpListener = (_, http) =>
                    {
                        // From everywhere, which the exporter's own option does not take.
                        http.Prefixes.Clear();
                        http.Prefixes.Add($"http://*:{port}/");
                    }
                )
        );
    }
}
