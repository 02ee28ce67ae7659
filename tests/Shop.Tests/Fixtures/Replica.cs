using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Shop.Tests.Fixtures;

/// <summary>Lets a test wait for the replica instead of guessing how far it lags.</summary>
internal static class Replica
{
    // Asked so often that opening connections would be most of it.
    private static readonly ConcurrentDictionary<string, NpgsqlMultiHostDataSource> _servers = new();

    private static readonly SemaphoreSlim _held = new(1);

    /// <summary>
    /// Returns once the replica shows all that is committed now, and whoever reads there can tell so from its oldest transaction: none
    /// that other classes had begun before is still under way.
    /// </summary>
    public static async Task ShowsAllAsync(string connection)
    {
        Activity.Current = null;
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        await using var primary = await Servers(connection)
            .OpenConnectionAsync(TargetSessionAttributes.Primary);
        await using var begun = new NpgsqlCommand(
            "select pg_snapshot_xmax(pg_current_snapshot())::text",
            primary
        );
        var next = long.Parse((string)(await begun.ExecuteScalarAsync())!, CultureInfo.InvariantCulture);
        await using var ended = new NpgsqlCommand(
            """
            select not exists (
                select from pg_stat_activity where datname <> $1 and backend_xid::text::bigint < $2)
            """,
            primary
        );
        ended.Parameters.AddWithValue(database);
        ended.Parameters.AddWithValue(next);
        await UntilTrueAsync(ended);
        await CatchUpAsync(connection);
    }

    /// <summary>Returns once the replica shows all that is committed now, a new database included.</summary>
    public static async Task CatchUpAsync(string connection)
    {
        // How often it is asked depends on the replica: it must not count as a statement of what is tested.
        Activity.Current = null;
        var servers = Servers(connection);
        await using var written = servers
            .WithTargetSession(TargetSessionAttributes.Primary)
            .CreateCommand("select pg_current_wal_lsn()::text");
        var position = (string)(await written.ExecuteScalarAsync())!;

        await using var replica = await servers.OpenConnectionAsync(TargetSessionAttributes.Standby);
        await using var shows = new NpgsqlCommand("select pg_last_wal_replay_lsn() >= $1::pg_lsn", replica);
        shows.Parameters.AddWithValue(position);
        await UntilTrueAsync(shows);
    }

    /// <summary>
    /// The replica shows nothing new until what this returns is disposed. It is the replica of all classes: others wait meanwhile, and
    /// one at a time holds it.
    /// </summary>
    public static async Task<IAsyncDisposable> HoldAsync(string connection)
    {
        await _held.WaitAsync();
        var replica = Servers(connection).WithTargetSession(TargetSessionAttributes.Standby);
        await RunAsync("select pg_wal_replay_pause()");
        return new LetGo(async () =>
        {
            await RunAsync("select pg_wal_replay_resume()");
            _held.Release();
        });

        async Task RunAsync(string sql)
        {
            await using var command = replica.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private sealed class LetGo(Func<Task> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(end());
    }

    private static async Task UntilTrueAsync(NpgsqlCommand question)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (await question.ExecuteScalarAsync() is false)
        {
            await look.WaitForNextTickAsync();
        }
    }

    // Asked in a database that the replica has for certain.
    private static NpgsqlMultiHostDataSource Servers(string connection) =>
        _servers.GetOrAdd(
            new NpgsqlConnectionStringBuilder(connection) { Database = "postgres" }.ConnectionString,
            static text => new NpgsqlDataSourceBuilder(text).BuildMultiHost()
        );
}
