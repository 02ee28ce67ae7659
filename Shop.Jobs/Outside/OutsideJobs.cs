using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Jobs.Outside;

/// <summary>What others outside hear of.</summary>
internal static class OutsideJobs
{
    /// <summary>The settings, of which every process has to know that writes what they hear of.</summary>
    public static IServiceCollection AddOutsideSettings(this IServiceCollection services) =>
        services
            .AddSettings<KafkaOptions>(KafkaOptions.Section)
            .AddSettings<TopicOptions>(TopicOptions.Section);

    /// <summary>The relay, where there is somebody to hear.</summary>
    public static void AddRelayWhereWanted(this IServiceCollection services, IConfiguration settings)
    {
        if (settings[$"{KafkaOptions.Section}:{nameof(KafkaOptions.Kafka)}"] is { Length: > 0 })
        {
            services.AddHostedService<RelaySteps>();
        }
    }
}
