using System.Collections.Concurrent;
using Npgsql;
using Shop.Data.Telemetry;

namespace Shop.Data.Storage;

/// <summary>
/// Two pools per connection string, however many contexts share them: a large one, and a warm one; and connections that are in neither.
/// </summary>
internal sealed class DataSources : IAsyncDisposable
{
    /// <summary>
    /// Batches have few callers. A pool hands its connections out in turn: over a hundred of them, each would meet a batch
    /// so rarely that PostgreSQL parses and plans its statement anew. They leave no settings behind that need a reset.
    /// </summary>
    internal const int WarmConnections = 8;

    /// <summary>
    /// How PostgreSQL plans what these connections ask, all of which is read by key: once, where it would plan anew for each
    /// short array; and by index, where it would read all of a table that was empty when it planned.
    /// </summary>
    private static readonly string[] _byKey =
    [
        "plan_cache_mode=force_generic_plan",
        "enable_seqscan=off",
        "enable_bitmapscan=off",
    ];

    private readonly ConcurrentDictionary<string, Pools> _byConnection = new();

    /// <summary>For all other statements: one connection per caller, up to the pool's limit.</summary>
    public NpgsqlMultiHostDataSource Of(string connectionString) => PoolsOf(connectionString).Large.Value;

    /// <summary>For statements that do many callers' work at once, on connections that know them.</summary>
    public NpgsqlMultiHostDataSource WarmOf(string connectionString) => PoolsOf(connectionString).Warm.Value;

    /// <summary>For whoever listens or holds a lock as long as a connection is open: nobody has it after.</summary>
    public NpgsqlMultiHostDataSource LoneOf(string connectionString) => PoolsOf(connectionString).Lone.Value;

    /// <summary>The servers that take writes, of every pool opened so far.</summary>
    public IEnumerable<NpgsqlDataSource> Primaries =>
        _byConnection.Values.Select(pools =>
            pools.Large.Value.WithTargetSession(TargetSessionAttributes.Primary)
        );

    private Pools PoolsOf(string connectionString) =>
        _byConnection.GetOrAdd(
            connectionString,
            text =>
                new(
                    new(() => Build(new(text), "shop")),
                    new(() => Build(Warm(new(text)), "shop-warm")),
                    new(() => Build(new(text) { Pooling = false }, "shop-lone"))
                )
        );

    private static NpgsqlConnectionStringBuilder Warm(NpgsqlConnectionStringBuilder connection)
    {
        connection.MaxPoolSize = WarmConnections;
        connection.NoResetOnClose = true;
        connection.Options = string.Join(
            ' ',
            [connection.Options, .. _byKey.Select(setting => $"-c {setting}")]
        );
        return connection;
    }

    private static NpgsqlMultiHostDataSource Build(NpgsqlConnectionStringBuilder connection, string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            LoadBalanceHosts = true,
            // The role of a host is cached this long; with the default of 10 s a failover stops writes for 8.5 s.
            HostRecheckSeconds = 1,
            // PrepareRepeated says what it does to a connection.
            MaxAutoPrepare = 0,
            ApplicationName = "shop",
        };
        // The pool's metrics are labelled with this name instead of the connection string, which holds a password.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name };
        builder.ConfigureTracing(tracing =>
            tracing
                .EnableFirstResponseEvent(enable: false)
                .ConfigureCommandSpanNameProvider(StatementNames.Of)
                .ConfigureBatchSpanNameProvider(StatementNames.Of)
        );
        return builder.BuildMultiHost();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pools in _byConnection.Values)
        {
            await pools.Large.Value.DisposeAsync();
            await pools.Warm.Value.DisposeAsync();
            await pools.Lone.Value.DisposeAsync();
        }
    }

    private sealed record Pools(
        Lazy<NpgsqlMultiHostDataSource> Large,
        Lazy<NpgsqlMultiHostDataSource> Warm,
        Lazy<NpgsqlMultiHostDataSource> Lone
    );
}
