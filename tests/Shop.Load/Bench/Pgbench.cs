using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Shop.Load.Bench;

/// <summary>
/// What the shop's PostgreSQL can do at best: pgbench, its own load tool, writes one order per transaction into copies of
/// the shop's tables, on the server that the shop runs on.
/// </summary>
internal sealed partial class Pgbench(NpgsqlDataSource orders, NpgsqlConnectionStringBuilder server)
    : IAsyncDisposable
{
    private int _runs;

    /// <summary>Clients, each with a connection of its own.</summary>
    public const int Clients = 16;

    /// <summary>Makes the copies. They are gone when this is disposed.</summary>
    /// <exception cref="UsageException">The server does not wait for its disk, so that nothing could be compared.</exception>
    public static async Task<Pgbench> PrepareAsync(
        NpgsqlDataSource orders,
        NpgsqlConnectionStringBuilder server,
        CancellationToken cancel
    )
    {
        await using var ask = orders.CreateCommand(
            "select current_setting('fsync') || current_setting('synchronous_commit')"
        );
        if (await ask.ExecuteScalarAsync(cancel) is not "onon")
        {
            throw new UsageException("fsync and synchronous_commit are on where an order counts.");
        }

        await using var copy = orders.CreateCommand(
            """
            drop schema if exists bench cascade;
            create schema bench;
            create table bench."order" (like orders."order" including all);
            create table bench.order_line (like orders.order_line including all);
            create table bench.local_message (like orders.local_message including all);
            """
        );
        await copy.ExecuteNonQueryAsync(cancel);
        return new(orders, server);
    }

    /// <param name="protocol"><c>simple</c>, its default: each statement is parsed and planned; or <c>prepared</c>.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Transactions per second.</returns>
    public async Task<double> RunAsync(string protocol, int seconds, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--no-vacuum",
                $"--protocol={protocol}",
                // No run writes an id of another.
                string.Create(CultureInfo.InvariantCulture, $"--define=n={++_runs * 1_000_000_000L}"),
                $"--client={Clients}",
                "--jobs=2",
                $"--time={seconds}",
                $"--host={server.Host}",
                $"--port={server.Port.ToString(CultureInfo.InvariantCulture)}",
                $"--username={server.Username}",
                $"--file={Path.Combine(AppContext.BaseDirectory, "Bench", "one-order.pgbench.sql")}",
                server.Database!,
            },
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var pgbench = Process.Start(start) ?? throw new UsageException($"{Program} does not start.");
        var said = await pgbench.StandardOutput.ReadToEndAsync(cancel);
        var complaints = await pgbench.StandardError.ReadToEndAsync(cancel);
        await pgbench.WaitForExitAsync(cancel);
        return Tps().Match(said) is { Success: true } match && pgbench.ExitCode == 0
            ? double.Parse(match.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new UsageException($"pgbench: {complaints}");
    }

    public async ValueTask DisposeAsync()
    {
        await using var drop = orders.CreateCommand("drop schema bench cascade");
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>In <c>PG_BIN</c>, where Debian puts it, or on the path.</summary>
    private static string Program =>
        Folders().Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists) ?? "pgbench";

    private static IEnumerable<string> Folders()
    {
        const string debian = "/usr/lib/postgresql";
        return Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } told ? [told]
            : Directory.Exists(debian)
                ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin"))
            : [];
    }

    [GeneratedRegex(@"^tps = (?<tps>[0-9.]+) ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Tps();
}
