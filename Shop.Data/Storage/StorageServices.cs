using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Storage.Attempts;
using Shop.Data.Storage.Idempotency;
using Shop.Data.Storage.Ids;
using Shop.Data.Storage.Migrating;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>Registers databases and Redis, and the options of all contexts.</summary>
public static class StorageServices
{
    /// <summary>Options as the settings have them. A host whose settings are out of their ranges does not start.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="section">Where they stand, such as <c>Orders</c>.</param>
    /// <param name="check">What else has to hold; null for nothing.</param>
    public static IServiceCollection AddSettings<TOptions>(
        this IServiceCollection services,
        string section,
        Action<OptionsBuilder<TOptions>>? check = null
    )
        where TOptions : class
    {
        var options = services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(new SettingRanges<TOptions>(section))
        );
        check?.Invoke(options);
        return services;
    }

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
            return new Database<TDb>(
                sources.Of(connection),
                sources.WarmOf(connection),
                sources.LoneOf(connection),
                HasSeveral(connection)
                    && provider.GetRequiredService<IOptions<StorageOptions>>().Value.SparePrimary
            );
        });
        services.AddSingleton<IMigrate, Migrate<TDb>>();
        return services.AddScoped<Reads<TDb>>();
    }

    private static bool HasSeveral(string connection) =>
        new NpgsqlConnectionStringBuilder(connection).Host?.Contains(',', StringComparison.Ordinal) ?? false;

    /// <summary>Retention of the idempotency keys of a context that keeps them.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="keptRows">See <see cref="ForgetIdempotencyKeys{TDb}"/>; none by default.</param>
    internal static IServiceCollection AddIdempotencyKeys<TDb>(
        this IServiceCollection services,
        string keptRows = "false"
    )
        where TDb : ContextDb =>
        services
            .AddSettings<IdempotencyOptions>(IdempotencyOptions.Section)
            .AddSingleton(provider => new ForgetIdempotencyKeys<TDb>(
                provider.GetRequiredService<Database<TDb>>(),
                provider.GetRequiredService<IOptions<IdempotencyOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                keptRows
            ));

    /// <summary>
    /// Snowflake ids; <see cref="NewId"/> is one for the process. It makes none before <see cref="MachineLease"/> has started,
    /// which a host does by itself.
    /// </summary>
    public static IServiceCollection AddIds(this IServiceCollection services) =>
        services
            .AddDatabase<IdsDb>()
            .AddSingleton<SpareIds>()
            .AddSingleton(provider => new MachineLease(
                provider.GetRequiredService<Database<IdsDb>>(),
                provider.GetRequiredService<SpareIds>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<MachineLease>>()
            ))
            .AddHostedService(provider => provider.GetRequiredService<MachineLease>())
            .AddSingleton(provider =>
            {
                var lease = provider.GetRequiredService<MachineLease>();
                var spare = provider.GetRequiredService<SpareIds>();
                return new NewId(provider.GetRequiredService<TimeProvider>(), () => lease.Held, spare.Take);
            });

    /// <summary>
    /// Redis: connection string <c>Redis</c>. One multiplexer for the process, <see cref="Signals"/> and <see cref="Announcer"/> over it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is not set (when first used).</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.TryAddSingleton<Signals>();
        services.TryAddSingleton<Announcer>();
        services.TryAddSingleton<AttemptCounter>();
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

    /// <summary><see cref="StoreHealth"/>, for the probes of the host.</summary>
    public static IServiceCollection AddStoreHealth(this IServiceCollection services) =>
        services.AddSingleton(provider => new StoreHealth(
            provider.GetRequiredService<DataSources>(),
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<TimeProvider>()
        ));

    /// <summary><see cref="Replicas"/>, for operators.</summary>
    public static IServiceCollection AddReplicas(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new Replicas(provider.GetRequiredService<DataSources>()));
        return services;
    }
}
