using System.Collections.Concurrent;
using Npgsql;

namespace Shop.Data.Storage;

/// <summary>One pool per connection string, however many contexts share it.</summary>
internal sealed class DataSources : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlMultiHostDataSource>> _byConnection = new();

    public NpgsqlMultiHostDataSource Of(string connectionString) =>
        _byConnection.GetOrAdd(connectionString, text => new(() => Build(text))).Value;

    /// <summary>The servers that take writes, of every pool opened so far.</summary>
    public IEnumerable<NpgsqlDataSource> Primaries =>
        _byConnection.Values.Select(hosts => hosts.Value.WithTargetSession(TargetSessionAttributes.Primary));

    private static NpgsqlMultiHostDataSource Build(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            LoadBalanceHosts = true,
            // The role of a host is cached this long; with the default of 10 s a failover stops writes for 8.5 s.
            HostRecheckSeconds = 1,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // The pool's metrics are labelled with this name instead of the connection string, which holds a password.
            ApplicationName = "shop",
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "shop" };
        return builder.BuildMultiHost();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _byConnection.Values)
        {
            await source.Value.DisposeAsync();
        }
    }
}
