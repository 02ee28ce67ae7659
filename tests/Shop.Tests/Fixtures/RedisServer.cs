using System.Diagnostics;
using Shop.GraphQL.Host.Embedded.Redis;
using StackExchange.Redis;

namespace Shop.Tests.Fixtures;

/// <summary>A Redis of one class of tests: keys and channels are its own. Starts empty and keeps nothing.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string SocketName = "redis.sock";

    // Runs a server until its input closes: at our wish, or when this process dies.
    private const string Watched = """
        exec >/dev/null 2>&1
        "$1" --port 0 --unixsocket "$2" --dir "$3" --save "" --appendonly no & server=$!
        cat
        kill "$server"
        wait "$server"
        """;

    private readonly string _folder;
    private readonly string? _program;
    private EmbeddedRedis? _embedded;
    private Process? _process;

    private RedisServer(string folder, string? program, string connection) =>
        (_folder, _program, ConnectionString) = (folder, program, connection);

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString { get; }

    /// <summary>The server that the shop brings along.</summary>
    public static RedisServer StartEmbedded()
    {
        var folder = RunFolder.Make("redis");
        var redis = EmbeddedRedis.Start(folder);
        return new(folder, program: null, redis.ConnectionString) { _embedded = redis };
    }

    /// <summary>The redis-server of production: what relies on scripts being atomic is tested on it, too.</summary>
    /// <returns>Null where it is not installed.</returns>
    /// <exception cref="InvalidOperationException">It is not installed, and this is CI, where nothing is skipped.</exception>
    public static async Task<RedisServer?> TryStartRealAsync()
    {
        if (Installed.Find("redis-server") is not { } program)
        {
            return null;
        }

        var folder = RunFolder.Make("redis");
        var server = new RedisServer(folder, program, "!" + Path.Combine(folder, SocketName));
        await server.StartAsync();
        return server;
    }

    /// <summary>Cuts whoever is connected; until it is started again, nobody answers. The embedded one keeps its data.</summary>
    public async Task StopAsync()
    {
        _embedded?.Dispose();
        _embedded = null;
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    /// <summary>Starts it at the address that it had.</summary>
    public async Task StartAsync()
    {
        if (_program is null)
        {
            _embedded = EmbeddedRedis.Start(_folder);
            return;
        }

        var socket = Path.Combine(_folder, SocketName);
        _process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Watched, "sh", _program, socket, _folder])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        )!;
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync()
    {
        for (var start = Stopwatch.GetTimestamp(); ; await Task.Yield())
        {
            try
            {
                await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
                return;
            }
            catch (RedisConnectionException) when (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
            {
                // It has only just been started.
            }
        }
    }
}
