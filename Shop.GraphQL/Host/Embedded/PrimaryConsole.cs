using Npgsql;
using NpgsqlTypes;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>What the embedded primary is asked and told by those who start it.</summary>
/// <param name="sockets">The folder that it listens in.</param>
/// <param name="port">Names its socket.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class PrimaryConsole(string sockets, int port, TimeProvider clock)
{
    private const string Always = "postgres";

    // A replica streams within 300 ms of its start; one that does not in this time lacks a piece of the log.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>How to reach a database of it.</summary>
    public NpgsqlConnectionStringBuilder Connection(string database) =>
        new()
        {
            Host = sockets,
            Port = port,
            Database = database,
            Username = "postgres",
            Timeout = 5,
        };

    /// <summary>Creates a database where it does not exist.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken cancel)
    {
        await using var primary = Open(Always);
        await using var find = primary.CreateCommand("select from pg_database where datname = $1");
        find.Parameters.AddWithValue(database);
        await using (var found = await find.ExecuteReaderAsync(cancel))
        {
            if (found.HasRows)
            {
                return;
            }
        }

        using var name = new NpgsqlCommandBuilder();
        await using var create = primary.CreateCommand($"create database {name.QuoteIdentifier(database)}");
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Looks into each database: a server starts without files that all of its connections need.</summary>
    /// <exception cref="NpgsqlException">One cannot be used.</exception>
    public async Task LookIntoAllAsync(CancellationToken cancel)
    {
        List<string> databases = [];
        await using (var primary = Open(Always))
        await using (var list = primary.CreateCommand("select datname from pg_database where datallowconn"))
        await using (var names = await list.ExecuteReaderAsync(cancel))
        {
            while (await names.ReadAsync(cancel))
            {
                databases.Add(names.GetString(0));
            }
        }

        foreach (var database in databases)
        {
            await using var source = Open(database);
            await using var look = source.CreateCommand("select count(*) from pg_class");
            await look.ExecuteScalarAsync(cancel);
        }
    }

    /// <summary>Whether its write-ahead log ends before a place.</summary>
    public async Task<bool> IsBehindAsync(string place, CancellationToken cancel)
    {
        await using var primary = Open(Always);
        await using var compare = primary.CreateCommand("select $1::pg_lsn > pg_current_wal_insert_lsn()");
        compare.Parameters.AddWithValue(NpgsqlDbType.Unknown, place);
        return await compare.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Waits until a replica streams from it.</summary>
    /// <returns>False if none does in time.</returns>
    public async Task<bool> IsFollowedAsync(CancellationToken cancel)
    {
        await using var primary = Open(Always);
        await using var count = primary.CreateCommand("select count(*) from pg_stat_replication");
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < _patience; )
        {
            if (await count.ExecuteScalarAsync(cancel) is > 0L)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), clock, cancel);
        }

        return false;
    }

    private NpgsqlDataSource Open(string database) => NpgsqlDataSource.Create(Connection(database));
}
