using Shop.Data.Storage;
using Shop.Data.Storage.Breakers;
using Shop.Data.Storage.Points;
using StackExchange.Redis;

namespace Shop.GraphQL.Admission;

/// <summary>Registers what lets operations in.</summary>
internal static class AdmissionServices
{
    private const string Rules = $"{AdmissionOptions.Section}:{nameof(AdmissionOptions.Rules)}";

    /// <summary>Rules, where there is a file of them. Wants the graph registered.</summary>
    public static IServiceCollection AddAdmission(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSettings<AdmissionOptions>(AdmissionOptions.Section);
        if (string.IsNullOrEmpty(settings[Rules]))
        {
            return services;
        }

        return services
            .AddSingleton(provider => new SharedPoints(
                provider.GetRequiredService<IConnectionMultiplexer>,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddBreakers(_ => [])
            .AddSingleton<RootArguments>()
            .AddSingleton<RuleBinder>()
            .AddSingleton<RuleFile>()
            .AddSingleton<AdmissionDoor>()
            .AddSingleton<AdmitOperation>(provider => provider.GetRequiredService<AdmissionDoor>().AdmitAsync)
            .AddHostedService(provider => provider.GetRequiredService<RuleFile>());
    }
}
