using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Host.Embedded;

public sealed class EmbeddedPostgresTests
{
    private readonly string _home = RunFolder.Make("home");

    [Fact]
    public async Task A_killed_server_loses_nothing_that_was_committed()
    {
        await using (var killed = await StartAsync(_home))
        {
            await RunAsync(killed, "create table note as select 'kept' as text");
            await KillAsync(killed, "primary");
            await KillAsync(killed, "replica");
        }

        await using var again = await StartAsync(_home);
        Assert.Equal("kept", await AskAsync(again, "select text from note", TargetSessionAttributes.Primary));
        await Replica.CatchUpAsync(again.ConnectionString("postgres"));
        Assert.Equal("kept", await AskAsync(again, "select text from note", TargetSessionAttributes.Standby));
    }

    [Fact]
    public async Task A_replica_that_is_broken_is_made_anew()
    {
        await using (var whole = await StartAsync(_home))
        {
            await RunAsync(whole, "create table note as select 'kept' as text");
        }

        File.Delete(Path.Combine(_home, "postgres", "replica", "global", "pg_control"));
        await using var again = await StartAsync(_home);

        await Replica.CatchUpAsync(again.ConnectionString("postgres"));
        Assert.Equal("kept", await AskAsync(again, "select text from note", TargetSessionAttributes.Standby));
    }

    [Fact]
    public async Task A_server_that_is_killed_while_the_shop_is_open_comes_back_and_that_is_said_once()
    {
        var log = new LogLines();
        await using var postgres = await StartAsync(_home);
        using var watch = new PostgresWatch(
            postgres,
            TimeProvider.System,
            new LoggerFactory([log]).CreateLogger<PostgresWatch>()
        );
        await watch.StartAsync(CancellationToken.None);
        await RunAsync(postgres, "create table note as select 'kept' as text");

        await KillAsync(postgres, "primary");
        await Eventually.TrueAsync(() => Has(log, "primary is back"));
        await KillAsync(postgres, "replica");
        await Eventually.TrueAsync(() => Has(log, "replica is back"));
        await watch.StopAsync(CancellationToken.None);

        Assert.Equal(
            "kept",
            await AskAsync(postgres, "select text from note", TargetSessionAttributes.Primary)
        );
        await Replica.CatchUpAsync(postgres.ConnectionString("postgres"));
        Assert.Equal(
            "kept",
            await AskAsync(postgres, "select text from note", TargetSessionAttributes.Standby)
        );
        Assert.Equal(["1201", "1202", "1201", "1202"], log.Lines.Select(line => line[..4]));
    }

    [Fact]
    public async Task Two_shops_run_side_by_side_and_nobody_else_reaches_them()
    {
        // Too deep for the path of a socket, which is no hindrance.
        var deep = Directory.CreateDirectory(Path.Combine(_home, new string('d', 120))).FullName;
        _ = await PostgresServer.StartedAsync();
        await using var other = await StartAsync(deep);

        Assert.Equal("", await AskAsync(other, "show listen_addresses", TargetSessionAttributes.Primary));
        Assert.Equal("", await AskAsync(other, "show listen_addresses", TargetSessionAttributes.Standby));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(owner, File.GetUnixFileMode(other.Folder));
        }
    }

    private static bool Has(LogLines log, string words) =>
        log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    private static Task<EmbeddedPostgres> StartAsync(string home) =>
        EmbeddedPostgres.StartAsync(
            home,
            PostgresSettings.Disposable,
            TimeProvider.System,
            CancellationToken.None
        );

    private static async Task KillAsync(EmbeddedPostgres postgres, string name)
    {
        var server = PostmasterFile.Read(Path.Combine(postgres.Folder, name))!;
        using var process = Process.GetProcessById(server.Pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task RunAsync(EmbeddedPostgres postgres, string sql) =>
        await AskAsync(postgres, sql, TargetSessionAttributes.Primary);

    private static async Task<object?> AskAsync(
        EmbeddedPostgres postgres,
        string sql,
        TargetSessionAttributes server
    )
    {
        var connection = postgres.ConnectionString("postgres") + ";Pooling=false";
        await using var hosts = new NpgsqlDataSourceBuilder(connection).BuildMultiHost();
        await using var command = hosts.WithTargetSession(server).CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
