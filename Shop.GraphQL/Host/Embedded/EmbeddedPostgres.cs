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

    private readonly PostgresPrograms _programs;
    private readonly IReadOnlyList<string> _durability;
    private readonly string _sockets;
    private readonly bool _socketsAreTemporary;
    private readonly ServerWatch? _watch;
    private readonly PrimaryConsole _console;

    private EmbeddedPostgres(string home, IReadOnlyList<string> durability, TimeProvider clock)
    {
        var user = ServerUser.Current;
        Folder = PostgresFolder.Prepare(home, user);
        _sockets = PostgresFolder.PrepareSockets(Folder, user);
        _socketsAreTemporary = _sockets != Folder;
        _durability = durability;
        _console = new(_sockets, PrimaryPort, clock);

        Binaries = PostgresBinaries.Find(WrittenBy("primary") ?? WrittenBy("replica"));
        _programs = new(Binaries, user);
        Primary = new(_programs, Folder, "primary", clock);
        Replica = new(_programs, Folder, "replica", clock);
        _watch = OperatingSystem.IsWindows() ? null : ServerWatch.Start(user);
    }

    public PostgresBinaries Binaries { get; }

    /// <summary>The server that takes writes.</summary>
    public PostgresNode Primary { get; }

    /// <summary>The one that follows it.</summary>
    public PostgresNode Replica { get; }

    /// <summary>Where the data is.</summary>
    public string Folder { get; }

    /// <summary>Where the replica is now that could not catch up; null if there was none.</summary>
    public string? ReplicaBefore { get; private set; }

    /// <summary>False if PostgreSQL's account cannot enter the home, so that the data had to go elsewhere.</summary>
    public bool IsBelow(string home) => Folder.StartsWith(home, StringComparison.Ordinal);

    /// <summary>
    /// Starts both servers; creates them where there are none, and copies the primary anew where its replica cannot catch up.
    /// </summary>
    /// <param name="home">The shop's folder, which the caller has locked and checked.</param>
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
        catch (Exception fault)
        {
            await postgres.DisposeAsync();
            if (fault is CannotStartException && PostgresNode.Lost(postgres.Replica.Data) is null)
            {
                throw new CannotStartException(
                    $"{fault.Message} If its files are damaged, ./shop recover makes the replica the primary.",
                    fault
                );
            }

            throw;
        }
    }

    /// <summary>
    /// Makes the replica the primary where the primary does not start. The old one stays beside it; the next start makes
    /// another replica.
    /// </summary>
    /// <param name="home">The shop's folder, which the caller has locked.</param>
    /// <param name="durability">From <see cref="PostgresSettings"/>.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancel">Ends it; repeated, it goes on.</param>
    /// <returns>What was done; null if the primary starts.</returns>
    /// <exception cref="CannotStartException">Neither starts; nothing was moved.</exception>
    public static async Task<string?> RecoverAsync(
        string home,
        IReadOnlyList<string> durability,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        await using var postgres = new EmbeddedPostgres(home, durability, clock);
        try
        {
            await postgres.StartPrimaryAsync(cancel);
            return null;
        }
        catch (CannotStartException) when (PostgresNode.Lost(postgres.Replica.Data) is null)
        {
            return await postgres.PromoteReplicaAsync(cancel);
        }
    }

    /// <summary>Names both servers: Npgsql finds the primary for writes, the replica for reads.</summary>
    public string ConnectionString(string database)
    {
        var connection = _console.Connection(database);
        connection.Host = $"{_sockets}:{PrimaryPort},{_sockets}:{ReplicaPort}";
        return connection.ConnectionString;
    }

    /// <inheritdoc cref="PrimaryConsole.EnsureDatabaseAsync"/>
    public Task EnsureDatabaseAsync(string database, CancellationToken cancel) =>
        _console.EnsureDatabaseAsync(database, cancel);

    /// <summary>Starts a server that is gone; the primary recovers from its log, the replica catches up.</summary>
    /// <exception cref="CannotStartException">It does not start, perhaps because processes of the old one are still leaving.</exception>
    public async Task StartAgainAsync(PostgresNode node, CancellationToken cancel)
    {
        await node.StopLeftoverAsync(cancel);
        await StartAsync(node, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }
        else
        {
            await Primary.StopAsync(CancellationToken.None);
            await Replica.StopAsync(CancellationToken.None);
        }

        if (_socketsAreTemporary)
        {
            Directory.Delete(_sockets, recursive: true);
        }
    }

    private async Task StartPrimaryAsync(CancellationToken cancel)
    {
        // The primary first: it sends the replica what it still has.
        await Primary.StopLeftoverAsync(cancel);
        await Replica.StopLeftoverAsync(cancel);
        if (!Primary.Exists && !Replica.Exists)
        {
            await Primary.CreateAsync("initdb", PostgresArguments.Initdb, cancel);
        }

        if (PostgresNode.Lost(Primary.Data) is { } lost)
        {
            throw new CannotStartException($"There is no {Path.Combine(Primary.Data, lost)}.");
        }

        await StartAsync(Primary, cancel);
        try
        {
            await _console.LookIntoAllAsync(cancel);
        }
        catch (NpgsqlException fault)
        {
            throw new CannotStartException(
                $"PostgreSQL's primary starts and cannot be used: {fault.Message} (its log is {Primary.Log}).",
                fault
            );
        }
    }

    private async Task StartReplicaAsync(CancellationToken cancel)
    {
        if (Replica.Exists && await TryResumeReplicaAsync(cancel))
        {
            return;
        }

        await Replica.StopAsync(cancel);
        ReplicaBefore = await Replica.CreateAsync(
            "pg_basebackup",
            data => PostgresArguments.BaseBackup(data, _sockets, PrimaryPort),
            cancel
        );
        await StartAsync(Replica, cancel);
        await _console.IsFollowedAsync(cancel);
    }

    private async Task<string> PromoteReplicaAsync(CancellationToken cancel)
    {
        // It may run, and be of no use.
        await Primary.AbandonAsync(cancel);
        await StartAsync(Replica, cancel);
        await _programs.RunAsync(
            "pg_ctl",
            ["promote", "--silent", "--wait", "--pgdata", Replica.Data],
            cancel
        );
        await Replica.StopAsync(cancel);
        var before = Primary.SetAside();
        Directory.Move(Replica.Data, Primary.Data);
        return before is null
            ? "the replica is the primary now"
            : $"the replica is the primary now, and the old primary is {before}";
    }

    private async Task<bool> TryResumeReplicaAsync(CancellationToken cancel)
    {
        try
        {
            // It knows at most what its primary does, unless that was put back from a backup. It would then take what comes
            // next for the continuation of what it has.
            if (await Replica.EndOfLogAsync(cancel) is { } end && await _console.IsBehindAsync(end, cancel))
            {
                return false;
            }

            await StartAsync(Replica, cancel);
            return await _console.IsFollowedAsync(cancel);
        }
        catch (CannotStartException)
        {
            return false;
        }
    }

    private async Task StartAsync(PostgresNode node, CancellationToken cancel)
    {
        var follows = node == Replica;
        node.Configure(
            PostgresSettings.For(
                _sockets,
                follows ? ReplicaPort : PrimaryPort,
                _durability,
                follows ? PrimaryPort : null
            )
        );
        if (follows)
        {
            await File.WriteAllTextAsync(Path.Combine(node.Data, "standby.signal"), "", cancel);
        }

        var pid = await node.StartAsync(cancel);
        if (_watch is not null)
        {
            await _watch.AddAsync(pid, node.Data, cancel);
        }
    }

    private int? WrittenBy(string node)
    {
        var version = Path.Combine(Folder, node, "PG_VERSION");
        return
            File.Exists(version)
            && int.TryParse(File.ReadAllText(version), CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
    }
}
