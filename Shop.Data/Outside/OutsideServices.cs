using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;
using StackExchange.Redis;

namespace Shop.Data.Outside;

/// <summary>Registers what asks somebody outside.</summary>
public static class OutsideServices
{
    /// <summary>A line to somebody, keyed by its setting's section, and the answers that come over it.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="services">Of the shop.</param>
    /// <param name="section">Where its settings stand.</param>
    /// <param name="terms">As they are set.</param>
    public static IServiceCollection AddOutside<T>(
        this IServiceCollection services,
        string section,
        Func<IServiceProvider, OutsideTerms> terms
    )
        where T : class =>
        services
            .AddRedis()
            .AddSingleton<OutsideHttp>()
            .AddOutsideLine(section, terms)
            .AddSingleton(provider => new OutsideAnswers<T>(
                provider.GetRequiredKeyedService<OutsideLine>(section),
                terms(provider),
                provider.GetRequiredService<IConnectionMultiplexer>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<OutsideLine>>()
            ));

    /// <summary>A line alone, keyed by its setting's section: of what comes over it nothing is kept.</summary>
    /// <param name="services">Of the shop.</param>
    /// <param name="section">Where its settings stand.</param>
    /// <param name="terms">As they are set.</param>
    public static IServiceCollection AddOutsideLine(
        this IServiceCollection services,
        string section,
        Func<IServiceProvider, OutsideTerms> terms
    ) =>
        services
            .AddBreakers(provider => [provider.GetRequiredKeyedService<OutsideLine>(section).Breaker])
            .AddKeyedSingleton(
                section,
                (provider, _) =>
                    new OutsideLine(
                        terms(provider),
                        provider.GetRequiredService<ShopMeter>(),
                        provider.GetRequiredService<TimeProvider>(),
                        provider.GetRequiredService<ILogger<OutsideLine>>()
                    )
            );
}
