using System.Diagnostics;
using System.Net.Sockets;
using Garnet;
using Garnet.server;
using StackExchange.Redis;
using Tsavorite.core;

namespace Shop.Tests.Carts;

public interface IRedisServer : IAsyncLifetime
{
    ConnectionMultiplexer Redis { get; }
}

/// <summary>A redis-server of its own, on a Unix socket, that can be killed and started again.</summary>
public sealed class RealRedis : IRedisServer, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private Process? _server;

    public ConnectionMultiplexer Redis { get; private set; } = null!;

    private string Socket => Path.Combine(_folder, "s");

    public async Task InitializeAsync()
    {
        Start();
        Redis = await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions
            {
                EndPoints = { new UnixDomainSocketEndPoint(Socket) },
                AllowAdmin = true,
                AbortOnConnectFail = false,
                AsyncTimeout = 2000,
                ReconnectRetryPolicy = new LinearRetry(50),
                ConnectTimeout = 500,
                HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            }
        );
    }

    public void Start()
    {
        File.Delete(Socket);
        _server = Process.Start(
            new ProcessStartInfo("redis-server")
            {
                ArgumentList =
                {
                    "--port",
                    "0",
                    "--unixsocket",
                    Socket,
                    "--save",
                    "",
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    "no",
                    "--dir",
                    _folder,
                },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        while (
            !_server.StandardOutput.ReadLine()!.Contains("The server is now ready", StringComparison.Ordinal)
        ) { }
        _ = _server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public void Kill()
    {
        _server!.Kill();
        _server.WaitForExit();
    }

    public async Task DisposeAsync()
    {
        await Redis.DisposeAsync();
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _server?.Dispose();
}

public sealed class EmbeddedServer : IRedisServer, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("garnet-").FullName;
    private GarnetServer _server = null!;

    public ConnectionMultiplexer Redis { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var socket = Path.Combine(_folder, "s");
        _server = new GarnetServer(
            new GarnetServerOptions(logger: null)
            {
                EndPoints = [new UnixDomainSocketEndPoint(socket)],
                UnixSocketPath = socket,
                QuietMode = true,
                EnableLua = true,
                LuaTransactionMode = true,
                LuaOptions = new(
                    LuaMemoryManagementMode.Native,
                    null,
                    Timeout.InfiniteTimeSpan,
                    LuaLoggingMode.Enable,
                    []
                ),
                LogMemorySize = "64m",
                PageSize = "1m",
                IndexMemorySize = "1m",
                DeviceType = DeviceType.RandomAccess,
            }
        );
        _server.Start();
        Redis = await ConnectionMultiplexer.ConnectAsync("!" + socket);
    }

    public async Task DisposeAsync()
    {
        await Redis.DisposeAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _server.Dispose();
}
