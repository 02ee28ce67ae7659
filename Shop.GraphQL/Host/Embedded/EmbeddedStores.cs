namespace Shop.GraphQL.Host.Embedded;

/// <summary>Everything a shop on one machine stores: PostgreSQL with a replica, and Redis; in one folder.</summary>
internal sealed class EmbeddedStores : IAsyncDisposable
{
    private const string Database = "shop";

    private readonly HomeLock _lock;
    private readonly EmbeddedPostgres _postgres;
    private readonly EmbeddedRedis _redis;

    private EmbeddedStores(HomeLock @lock, EmbeddedPostgres postgres, EmbeddedRedis redis) =>
        (_lock, _postgres, _redis) = (@lock, postgres, redis);

    /// <summary>Connection string; names the primary and the replica.</summary>
    public string Postgres => _postgres.ConnectionString(Database);

    /// <summary>Connection string.</summary>
    public string Redis => _redis.ConnectionString;

    /// <summary>Starts what is there, and creates what is not.</summary>
    /// <exception cref="CannotStartException">Another shop runs in this home, or PostgreSQL is missing.</exception>
    public static async Task<EmbeddedStores> StartAsync(string home, Steps steps, CancellationToken cancel)
    {
        ShopHome.Prepare(home);
        var held = HomeLock.Take(home);
        RunningShop.Forget(home);
        EmbeddedPostgres? postgres = null;
        EmbeddedRedis? redis = null;
        try
        {
            await steps.RunAsync(
                "PostgreSQL and a replica",
                async () =>
                {
                    postgres = await EmbeddedPostgres.StartAsync(
                        home,
                        PostgresSettings.Durable,
                        TimeProvider.System,
                        cancel
                    );
                    await postgres.EnsureDatabaseAsync(Database, cancel);
                    var elsewhere = postgres.IsBelow(home) ? "" : $" in {postgres.Folder}";
                    return $"PostgreSQL {postgres.Binaries.Major} and a replica{elsewhere}";
                }
            );
            await steps.RunAsync(
                "Redis (Garnet)",
                () =>
                {
                    redis = EmbeddedRedis.Start(Path.Combine(home, "redis"));
                    return Task.FromResult<string?>(null);
                }
            );
            return new(held, postgres!, redis!);
        }
        catch
        {
            redis?.Dispose();
            await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
            held.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _postgres.DisposeAsync();
        _lock.Dispose();
    }
}
