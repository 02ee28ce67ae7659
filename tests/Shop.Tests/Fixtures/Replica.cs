using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Shop.Tests.Fixtures;

/// <summary>Lets a test wait for the replica instead of guessing how far it lags.</summary>
internal static class Replica
{
    // Asked so often that opening connections would be most of it.
    private static readonly ConcurrentDictionary<string, NpgsqlMultiHostDataSource> _servers = new();

    /// <summary>Returns once the replica shows all that is committed now, a new database included.</summary>
    public static async Task CatchUpAsync(string connection)
    {
        // How often it is asked depends on the replica: it must not count as a statement of what is tested.
        Activity.Current = null;
        // Asked in a database that the replica has for certain.
        var settings = new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" };
        var servers = _servers.GetOrAdd(
            settings.ConnectionString,
            static text => new NpgsqlDataSourceBuilder(text).BuildMultiHost()
        );

        await using var written = servers
            .WithTargetSession(TargetSessionAttributes.Primary)
            .CreateCommand("select pg_current_wal_lsn()::text");
        var position = (string)(await written.ExecuteScalarAsync())!;

        await using var replica = await servers.OpenConnectionAsync(TargetSessionAttributes.Standby);
        await using var shows = new NpgsqlCommand("select pg_last_wal_replay_lsn() >= $1::pg_lsn", replica);
        shows.Parameters.AddWithValue(position);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (await shows.ExecuteScalarAsync() is false)
        {
            await look.WaitForNextTickAsync();
        }
    }
}
