using Npgsql;
using Shop.GraphQL.Host.Embedded.Redis;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Everything a shop on one machine stores: PostgreSQL with a replica, and Redis; in one folder.</summary>
internal sealed class EmbeddedStores : IAsyncDisposable
{
    private const string Database = "shop";

    private readonly HomeLock _lock;

    private EmbeddedStores(HomeLock @lock, EmbeddedRedis redis, EmbeddedPostgres postgres) =>
        (_lock, RedisServer, PostgresServer) = (@lock, redis, postgres);

    /// <summary>PostgreSQL's two servers.</summary>
    public EmbeddedPostgres PostgresServer { get; }

    /// <summary>Redis.</summary>
    public EmbeddedRedis RedisServer { get; }

    /// <summary>Connection string; names the primary and the replica.</summary>
    public string Postgres => PostgresServer.ConnectionString(Database);

    /// <summary>Connection string.</summary>
    public string Redis => RedisServer.ConnectionString;

    /// <inheritdoc cref="EmbeddedRedis.WrittenAsync" />
    public Task RedisWrittenAsync(CancellationToken cancel) => RedisServer.WrittenAsync(cancel);

    /// <summary>Starts what is there; in a new home it creates all of it, in any other nothing that is missing.</summary>
    /// <exception cref="CannotStartException">
    /// Another shop runs in this home, something of it is missing or damaged, or PostgreSQL is not installed. What was there is
    /// there, and nothing runs.
    /// </exception>
    public static async Task<EmbeddedStores> StartAsync(string home, Steps steps, CancellationToken cancel)
    {
        var held = HomeLock.Take(home);
        EmbeddedRedis? redis = null;
        EmbeddedPostgres? postgres = null;
        try
        {
            HomeCheck.Need(home);
            RunningShop.Forget(home);
            await steps.RunAsync(
                "Redis (Garnet)",
                () =>
                {
                    redis = EmbeddedRedis.Start(ShopHome.RedisIn(home));
                    return Task.FromResult(
                        redis.LogBefore is { } log
                            ? $"Redis (Garnet), without the last moments of a kill; they are in {log}"
                            : null
                    );
                }
            );
            await steps.RunAsync(
                "PostgreSQL and a replica",
                async () =>
                {
                    postgres = await StartPostgresAsync(home, cancel);
                    var elsewhere = postgres.IsBelow(home) ? "" : $" in {postgres.Folder}";
                    return $"PostgreSQL {postgres.Binaries.Major} and a replica{elsewhere}";
                }
            );
            if (postgres!.ReplicaBefore is { } before)
            {
                await steps.SayAsync(
                    $"  The replica could not catch up and was copied anew; it is now {before}"
                );
            }

            KeySecret.Of(home);
            HomeCheck.Note(home);
            return new(held, redis!, postgres);
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
        RedisServer.Dispose();
        await PostgresServer.DisposeAsync();
        _lock.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartPostgresAsync(string home, CancellationToken cancel)
    {
        var postgres = await EmbeddedPostgres.StartAsync(
            home,
            PostgresSettings.Durable,
            TimeProvider.System,
            cancel
        );
        try
        {
            await postgres.EnsureDatabaseAsync(Database, cancel);
            return postgres;
        }
        catch (Exception fault)
        {
            await postgres.DisposeAsync();
            throw fault is NpgsqlException
                ? new CannotStartException($"PostgreSQL's primary answers: {fault.Message}", fault)
                : fault;
        }
    }
}
