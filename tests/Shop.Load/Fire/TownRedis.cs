using Shop.GraphQL.Host.Embedded.Redis;

namespace Shop.Load.Fire;

/// <summary>
/// The Redis of a town: redis-server, which answers a write once it is on the disk; where it is not installed, the one
/// that the shop brings along. Killed and started again, it knows what it knew.
/// </summary>
internal sealed class TownRedis(string folder) : IDisposable
{
    private static readonly Dictionary<string, string> _noSettings = [];

    private readonly string? _program = FindOnPath("redis-server");
    private readonly string _socket = Path.Combine(folder, "redis.sock");
    private HostProcess? _process;
    private EmbeddedRedis? _embedded;

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => _embedded?.ConnectionString ?? "!" + _socket;

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning => _process is not { HasEnded: true };

    /// <summary>Starts it, for the first time or once more.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (_program is null)
        {
            _embedded = EmbeddedRedis.Start(folder);
            return;
        }

        _process?.Dispose();
        _process = HostProcess.Start(
            _program,
            [
                "--port",
                "0",
                "--unixsocket",
                _socket,
                "--dir",
                folder,
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
            ],
            _noSettings,
            readyWord: "eady to accept connections"
        );
        await _process.ReadyAsync(cancel);
    }

    /// <summary><c>kill -9</c>; the shop's own one runs in this process, so that it can only be closed.</summary>
    public Task KillAsync()
    {
        _embedded?.Dispose();
        return _process?.KillAsync() ?? Task.CompletedTask;
    }

    public void Dispose()
    {
        _embedded?.Dispose();
        _process?.Dispose();
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
