using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Data.Kernel;
using Shop.Data.Storage.Idempotency;
using Shop.Data.Storage.Ids;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>Registers databases and Redis.</summary>
public static class StorageServices
{
    /// <summary>
    /// One context's database. Connection string: the context's own name (<c>Orders</c>), else <c>Shop</c>; with several
    /// hosts in it, writes find the primary and reads a standby.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither connection string is set (when first used).</exception>
    public static IServiceCollection AddDatabase<TDb>(this IServiceCollection services)
        where TDb : ContextDb
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DataSources>();
        services.TryAddSingleton<WritePositions>();
        services.TryAddScoped<ReadTarget>();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IConfiguration>();
            var connection =
                settings.GetConnectionString(ContextName.Of<TDb>())
                ?? settings.GetConnectionString("Shop")
                ?? throw new InvalidOperationException("ConnectionStrings:Shop is not set.");
            var sources = provider.GetRequiredService<DataSources>();
            return new Database<TDb>(sources.Of(connection), sources.WarmOf(connection));
        });
        services.AddSingleton<IMigrate, Migrate<TDb>>();
        return services.AddScoped<Reads<TDb>>();
    }

    /// <summary>Retention of the idempotency keys of a context that keeps <see cref="UsedKey"/>s.</summary>
    internal static IServiceCollection AddKeyRetention<TDb>(this IServiceCollection services)
        where TDb : ContextDb
    {
        services
            .AddOptionsWithValidateOnStart<KeyOptions>()
            .BindConfiguration(KeyOptions.Section)
            .ValidateDataAnnotations();
        return services.AddSingleton<ForgetUsedKeys<TDb>>();
    }

    /// <summary>Snowflake ids; <see cref="NewId"/> is one for the process.</summary>
    public static IServiceCollection AddIds(this IServiceCollection services) =>
        services
            .AddDatabase<IdsDb>()
            .AddSingleton<MachineLease>()
            .AddSingleton<SpareIds>()
            .AddSingleton(provider =>
            {
                var lease = provider.GetRequiredService<MachineLease>();
                var spare = provider.GetRequiredService<SpareIds>();
                return new NewId(provider.GetRequiredService<TimeProvider>(), () => lease.Held, spare.Block);
            });

    /// <summary>
    /// Redis: connection string <c>Redis</c>. One multiplexer for the process, and <see cref="Signals"/> over it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is not set (when first used).</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.TryAddSingleton<Signals>();
        services.TryAddSingleton<IConnectionMultiplexer>(provider =>
        {
            var connection =
                provider.GetRequiredService<IConfiguration>().GetConnectionString("Redis")
                ?? throw new InvalidOperationException("ConnectionStrings:Redis is not set.");
            var options = ConfigurationOptions.Parse(connection);
            // A shop that starts before its Redis waits for it instead of dying; a call that waits too long fails.
            options.AbortOnConnectFail = false;
            options.SyncTimeout = options.AsyncTimeout = 2000;
            // The key of a cart is a secret; what an exception says is logged.
            options.IncludeDetailInExceptions = false;
            return ConnectionMultiplexer.Connect(options);
        });
        return services;
    }

    /// <summary><see cref="StoreHealth"/>, for the probes of whoever runs the host.</summary>
    public static IServiceCollection AddStoreHealth(this IServiceCollection services) =>
        services.AddSingleton(provider => new StoreHealth(
            provider.GetRequiredService<DataSources>(),
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<TimeProvider>()
        ));

    /// <summary><see cref="Replicas"/>, for operators.</summary>
    public static IServiceCollection AddReplicas(this IServiceCollection services) =>
        services.AddSingleton(provider => new Replicas(provider.GetRequiredService<DataSources>()));
}
