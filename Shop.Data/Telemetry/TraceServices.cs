using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Shop.Data.Telemetry;

/// <summary>Registers what is traced, and where it goes.</summary>
public static class TraceServices
{
    /// <summary>Whether traces leave: <c>Telemetry:Otlp</c> says where to.</summary>
    public static bool AreSent(IConfiguration settings) =>
        !string.IsNullOrEmpty(settings[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Otlp)}"]);

    /// <summary>Our own spans and those of Npgsql, sampled, sent as OTLP.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="process">Which process it is.</param>
    /// <param name="more">Adds what else is traced in this kind of host.</param>
    public static IServiceCollection AddShopTraces(
        this IServiceCollection services,
        ProcessIdentity process,
        Action<TracerProviderBuilder>? more = null
    )
    {
        // Its default reads the header again, after the other has not believed it.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        services.Replace(
            ServiceDescriptor.Singleton<DistributedContextPropagator>(provider => new CallersTrace(
                OptionsOf(provider).TrustCallers
            ))
        );
        services
            .AddShopMeter()
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes(process.Attributes))
            .WithTracing(traces =>
            {
                traces
                    .AddSource(Traces.Name, "Shop.Payments", "Npgsql")
                    .SetSampler(provider => SamplerOf(OptionsOf(provider).Ratio))
                    .AddProcessor(provider => new KeepSlowAndFailed(OptionsOf(provider).SlowAfter));
                more?.Invoke(traces);
                traces.AddProcessor(QueueOf);
            });
        return services;
    }

    /// <summary>Records this share of what begins here or at a client, and all of what a recorded message causes.</summary>
    internal static Sampler SamplerOf(double ratio)
    {
        var share = new ShareOfTraces(ratio);
        // A caller's flag is never set, see CallersTrace; a message's is, or its batch has no span.
        return new ParentBasedSampler(share, remoteParentNotSampled: share);
    }

    private static SpanQueue QueueOf(IServiceProvider provider)
    {
        var (options, meter) = (OptionsOf(provider), provider.GetRequiredService<ShopMeter>());
        var otlp = new OtlpExporterOptions
        {
            Endpoint = new($"{options.Otlp!.TrimEnd('/')}/v1/traces"),
            Protocol = OtlpExportProtocol.HttpProtobuf,
        };
        return new(new SpanSender(otlp, meter), options.Queue);
    }

    private static TelemetryOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<TelemetryOptions>>().Value;
}
