using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
            .AddSingleton<EntityStores>()
            .AddHostedService<HearFloors<TDb>>();
    }
}
