using System.Diagnostics;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Load.Fire;

/// <summary>The PostgreSQL of a town: a primary and a replica that streams from it; both can be killed and started again.</summary>
internal sealed class TownPostgres : IAsyncDisposable
{
    private const string Database = "shop";

    // Its helpers notice within milliseconds that their server was killed; until then no other may have its data.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly EmbeddedPostgres _postgres;

    private TownPostgres(EmbeddedPostgres postgres) => _postgres = postgres;

    /// <summary>Names both servers.</summary>
    public string ConnectionString => _postgres.ConnectionString(Database);

    /// <param name="home">A folder for its data.</param>
    /// <param name="durability">From <see cref="PostgresSettings"/>.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<TownPostgres> StartAsync(
        string home,
        IReadOnlyList<string> durability,
        CancellationToken cancel
    )
    {
        var postgres = await EmbeddedPostgres.StartAsync(home, durability, TimeProvider.System, cancel);
        await postgres.EnsureDatabaseAsync(Database, cancel);
        return new(postgres);
    }

    /// <summary><c>kill -9</c> of the primary: what it had in memory is gone.</summary>
    public Task KillPrimaryAsync() => KillAsync(_postgres.Primary);

    /// <summary>Starts the primary that was killed; it recovers from its log.</summary>
    public Task StartPrimaryAsync(CancellationToken cancel) => StartAsync(_postgres.Primary, cancel);

    /// <summary><c>kill -9</c> of the replica.</summary>
    public Task KillReplicaAsync() => KillAsync(_postgres.Replica);

    /// <summary>Starts the replica that was killed; it catches up with the primary.</summary>
    public Task StartReplicaAsync(CancellationToken cancel) => StartAsync(_postgres.Replica, cancel);

    /// <summary>Starts each server that has ended.</summary>
    public async Task StartEndedAsync(CancellationToken cancel)
    {
        foreach (var node in new[] { _postgres.Primary, _postgres.Replica }.Where(node => !node.IsRunning))
        {
            await StartAsync(node, cancel);
        }
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private static async Task KillAsync(PostgresNode node)
    {
        var server =
            PostmasterFile.Read(node.Data)
            ?? throw new InvalidOperationException($"{node.Data}: not running.");
        using var process = Process.GetProcessById(server.Pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private async Task StartAsync(PostgresNode node, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        for (var began = clock.GetTimestamp(); ; await Task.Delay(_pause, clock, cancel))
        {
            try
            {
                await _postgres.StartAgainAsync(node, cancel);
                return;
            }
            catch (CannotStartException) when (clock.GetElapsedTime(began) < _patience)
            {
                // The killed one's helpers are still leaving.
            }
        }
    }
}
