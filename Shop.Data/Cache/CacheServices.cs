using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;

namespace Shop.Data.Cache;

/// <summary>Registers the cache.</summary>
public static class CacheServices
{
    /// <summary>What caches of all kinds stand on.</summary>
    /// <typeparam name="TDb">Whose rows are kept.</typeparam>
    public static IServiceCollection AddEntityCache<TDb>(this IServiceCollection services)
        where TDb : ContextDb
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSettings<CacheOptions>(CacheOptions.Section)
            .AddRedis()
            .AddShopMeter()
            .AddSingleton<Floors>()
            .AddSingleton<RaiseFloors>()
            .AddSingleton<RowCounts>()
            .AddSingleton<CacheConnection>()
            .AddSingleton<CacheLine>()
            .AddSingleton<FencedRedisCache>()
            .AddSingleton<RefillLease>()
            .AddSingleton<KnownKeys>()
            .AddSingleton<RowServers>()
            .AddBreakers(provider =>
            {
                var servers = provider.GetRequiredService<RowServers>();
                var options = provider.GetRequiredService<IOptions<CacheOptions>>().Value;
                return options is { Enabled: true, Redis: true }
                    ? [provider.GetRequiredService<CacheLine>().Breaker, .. servers.Breakers]
                    : servers.Breakers;
            })
            .AddSingleton<EntityStores>()
            .AddHostedService<HearFloors<TDb>>();
    }
}
