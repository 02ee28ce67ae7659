using System.Globalization;
using Npgsql;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// A private PostgreSQL: one primary, and a replica that streams from it. They listen on Unix sockets only, in a folder
/// that is closed to other users of the machine, and stop when this process ends, however it ends.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    // Only names of sockets: many shops can run side by side.
    private const int PrimaryPort = 5432;
    private const int ReplicaPort = 5433;

    // A replica streams within 300 ms of its start; one that does not in this time lacks a piece of the log.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly PostgresPrograms _programs;
    private readonly IReadOnlyList<string> _durability;
    private readonly string _sockets;
    private readonly bool _socketsAreTemporary;
    private readonly PostgresNode _primary;
    private readonly PostgresNode _replica;
    private readonly ServerWatch? _watch;
    private readonly TimeProvider _clock;

    private EmbeddedPostgres(string home, IReadOnlyList<string> durability, TimeProvider clock)
    {
        var user = ServerUser.Current;
        Folder = PostgresFolder.Prepare(home, user);
        _sockets = PostgresFolder.PrepareSockets(Folder, user);
        _socketsAreTemporary = _sockets != Folder;
        _durability = durability;
        _clock = clock;

        Binaries = PostgresBinaries.Find(WrittenBy(Path.Combine(Folder, "primary", "PG_VERSION")));
        _programs = new(Binaries, user);
        _primary = new(_programs, Folder, "primary");
        _replica = new(_programs, Folder, "replica");
        _watch = OperatingSystem.IsWindows() ? null : ServerWatch.Start(user);
    }

    public PostgresBinaries Binaries { get; }

    /// <summary>Where the data is.</summary>
    public string Folder { get; }

    /// <summary>False if PostgreSQL's account cannot enter the home, so that the data had to go elsewhere.</summary>
    public bool IsBelow(string home) => Folder.StartsWith(home, StringComparison.Ordinal);

    /// <summary>Starts both servers; creates what is missing and remakes a replica that cannot catch up.</summary>
    /// <param name="home">The shop's folder, which the caller has locked.</param>
    /// <param name="durability">From <see cref="PostgresSettings"/>.</param>
    /// <exception cref="CannotStartException">PostgreSQL is not installed, or refuses.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        string home,
        IReadOnlyList<string> durability,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var postgres = new EmbeddedPostgres(home, durability, clock);
        try
        {
            await postgres.StartPrimaryAsync(cancel);
            await postgres.StartReplicaAsync(cancel);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Names both servers: Npgsql finds the primary for writes, the replica for reads.</summary>
    public string ConnectionString(string database)
    {
        var connection = Connection(database);
        connection.Host = $"{_sockets}:{PrimaryPort},{_sockets}:{ReplicaPort}";
        return connection.ConnectionString;
    }

    /// <summary>Creates a database where it does not exist.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken cancel)
    {
        await using var primary = NpgsqlDataSource.Create(Connection("postgres"));
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

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
        else
        {
            await _replica.StopAsync(CancellationToken.None);
            await _primary.StopAsync(CancellationToken.None);
        }

        if (_socketsAreTemporary)
        {
            Directory.Delete(_sockets, recursive: true);
        }
    }

    private async Task StartPrimaryAsync(CancellationToken cancel)
    {
        // The replica first: a primary that stops waits for what it still has to send.
        await _replica.StopLeftoverAsync(cancel);
        await _primary.StopLeftoverAsync(cancel);
        if (!_primary.Exists)
        {
            await _primary.CreateAsync("initdb", Initdb, cancel);
        }

        await StartAsync(_primary, PrimaryPort, primaryPort: null, cancel);
    }

    private async Task StartReplicaAsync(CancellationToken cancel)
    {
        if (_replica.Exists && await TryResumeReplicaAsync(cancel))
        {
            return;
        }

        await _replica.StopAsync(cancel);
        await _replica.CreateAsync("pg_basebackup", BaseBackup, cancel);
        await StartAsync(_replica, ReplicaPort, PrimaryPort, cancel);
        await StreamsAsync(cancel);
    }

    private async Task<bool> TryResumeReplicaAsync(CancellationToken cancel)
    {
        try
        {
            await StartAsync(_replica, ReplicaPort, PrimaryPort, cancel);
            return await StreamsAsync(cancel);
        }
        catch (CannotStartException)
        {
            return false;
        }
    }

    private async Task StartAsync(PostgresNode node, int port, int? primaryPort, CancellationToken cancel)
    {
        node.Configure(PostgresSettings.For(_sockets, port, _durability, primaryPort));
        if (primaryPort is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(node.Data, "standby.signal"), "", cancel);
        }

        var pid = await node.StartAsync(cancel);
        if (_watch is not null)
        {
            await _watch.AddAsync(pid, node.Data, cancel);
        }
    }

    private async Task<bool> StreamsAsync(CancellationToken cancel)
    {
        await using var primary = NpgsqlDataSource.Create(Connection("postgres"));
        await using var count = primary.CreateCommand("select count(*) from pg_stat_replication");
        for (var start = _clock.GetTimestamp(); _clock.GetElapsedTime(start) < _patience; )
        {
            if (await count.ExecuteScalarAsync(cancel) is > 0L)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), _clock, cancel);
        }

        return false;
    }

    // Text sorts by code point in every locale; letters are known to be letters.
    private static string[] Initdb(string data) =>
        [
            "--pgdata",
            data,
            "--username",
            "postgres",
            "--auth-local",
            "trust",
            "--auth-host",
            "reject",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--lc-ctype",
            OperatingSystem.IsMacOS() ? "UTF-8"
            : OperatingSystem.IsWindows() ? "C"
            : "C.UTF-8",
        ];

    // Not synced: the replica's first start does that, as after a crash.
    private string[] BaseBackup(string data) =>
        [
            "--pgdata",
            data,
            "--host",
            _sockets,
            "--port",
            PrimaryPort.ToString(CultureInfo.InvariantCulture),
            "--username",
            "postgres",
            "--no-sync",
            "--wal-method",
            "stream",
            "--checkpoint",
            "fast",
        ];

    private NpgsqlConnectionStringBuilder Connection(string database) =>
        new()
        {
            Host = _sockets,
            Port = PrimaryPort,
            Database = database,
            Username = "postgres",
            Timeout = 5,
        };

    private static int? WrittenBy(string versionFile) =>
        File.Exists(versionFile)
            ? int.Parse(File.ReadAllText(versionFile), CultureInfo.InvariantCulture)
            : null;
}
