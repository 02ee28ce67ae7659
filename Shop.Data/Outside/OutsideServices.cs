using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Data.Telemetry;

namespace Shop.Data.Outside;

/// <summary>Registers what calls somebody outside.</summary>
public static class OutsideServices
{
    /// <summary>A line to somebody, keyed by its setting's section, and what all lines share.</summary>
    /// <param name="services">Of the shop.</param>
    /// <param name="section">Where its settings stand.</param>
    /// <param name="name">As metrics and logs call it.</param>
    public static IServiceCollection AddOutsideLine(
        this IServiceCollection services,
        string section,
        string name
    ) =>
        services
            .AddRedis()
            .AddSingleton<OutsideHttp>()
            .AddSingleton<KeptAnswers>()
            .AddKeyedSingleton(
                section,
                (provider, _) =>
                    new OutsideLine(
                        name,
                        provider.GetRequiredService<ShopMeter>(),
                        provider.GetRequiredService<TimeProvider>(),
                        provider.GetRequiredService<ILogger<OutsideLine>>()
                    )
            );
}
