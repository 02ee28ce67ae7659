using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Shop.Data.Telemetry;

/// <summary>Registers what a process measures of itself.</summary>
public static class TelemetryServices
{
    // Around what is promised: a page within 100 ms, an order within 250.
    private static readonly double[] _seconds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5];
    private static readonly double[] _counts = [1, 2, 5, 10, 20, 50, 100, 200, 500];

    /// <summary>What contexts measure with.</summary>
    public static IServiceCollection AddShopMeter(this IServiceCollection services)
    {
        services.TryAddSingleton<ShopMeter>();
        return services;
    }

    /// <summary>What leaves the process, and in which form: our own meter, the runtime's, and those of Npgsql and ASP.NET Core.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="process">Which process it is.</param>
    /// <param name="export">Where it goes.</param>
    public static IServiceCollection AddShopMetrics(
        this IServiceCollection services,
        ProcessIdentity process,
        Action<MeterProviderBuilder> export
    )
    {
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes(process.Attributes))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(ShopMeter.Name, "System.Runtime", "Npgsql")
                    .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                    .SetExemplarFilter(ExemplarFilterType.TraceBased)
                    .AddView(instrument =>
                        instrument.Name switch
                        {
                            // A WebSocket's is hours, and a connection's says nothing about a request; those to PostgreSQL
                            // are pooled, and statements prepared. A process has 60 KB for what somebody asks for.
                            "kestrel.connection.duration"
                            or "kestrel.tls_handshake.duration"
                            or "db.client.connection.npgsql.create_time"
                            or "db.client.operation.npgsql.prepared_ratio"
                            or "db.client.operation.npgsql.bytes_read"
                            or "db.client.operation.npgsql.bytes_written"
                            or "dotnet.gc.last_collection.heap.fragmentation.size" =>
                                MetricStreamConfiguration.Drop,
                            "shop.messages.batch.size" => Bounds(_counts),
                            _ when instrument.Unit == "s" && IsHistogram(instrument) => Bounds(_seconds),
                            _ => null,
                        }
                    );
                export(metrics);
            });
        return services;
    }

    /// <summary>What <c>Operations:Port</c> says; 0 where nothing listens, and where it is no number, which is refused elsewhere.</summary>
    public static int PortOf(IConfiguration settings) =>
        settings[$"{OperationsOptions.Section}:{nameof(OperationsOptions.Port)}"] is not { Length: > 0 } told
            ? new OperationsOptions().Port
        : int.TryParse(told, CultureInfo.InvariantCulture, out var port) ? port
        : 0;

    private static bool IsHistogram(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    private static ExplicitBucketHistogramConfiguration Bounds(double[] bounds) =>
        new() { Boundaries = bounds };
}
