using System.Net.Sockets;
using System.Text;
using Garnet;
using Garnet.server;
using Tsavorite.core;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// A Redis-compatible server (Microsoft Garnet) inside this process. It listens on a Unix socket that only we and root
/// can open. Each write is on its way to the log when it is answered, and there a fraction of a millisecond later: a kill
/// may forget the last click on a cart, and nothing but a tail. Waiting for it would halve the orders that one process
/// can take, as a script waits anew after each write that it makes.
/// </summary>
internal sealed class EmbeddedRedis : IDisposable
{
    // A socket's path holds at most 107 bytes on Linux, 103 on macOS.
    private const int LongestSocketPath = 102;

    private readonly GarnetServer _server;
    private readonly string _socket;

    private EmbeddedRedis(GarnetServer server, string socket) => (_server, _socket) = (server, socket);

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => "!" + _socket;

    /// <summary>Starts it; takes about 0.4 s, and 1 s more for each 50 MB of log that a crash left to replay.</summary>
    /// <param name="folder">Its data; created where it is missing. What was there is there again.</param>
    public static EmbeddedRedis Start(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            // What is in carts is for the shop's own account alone, whatever the folders above let through.
            File.SetUnixFileMode(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }

        SpareThreads();
        var socket = SocketIn(folder);
        File.Delete(socket);
        var server = new GarnetServer(Options(folder, socket));
        server.Start();
        return new(server, socket);
    }

    public void Dispose()
    {
        _server.Dispose();
        File.Delete(_socket);
    }

    /// <summary>
    /// While it writes a checkpoint, threads of the pool wait for its disk. Of those that the pool has at hand, one per core,
    /// none might be left, and it adds one more only after half a second.
    /// </summary>
    private static void SpareThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + 6), completions);
    }

    private static GarnetServerOptions Options(string folder, string socket) =>
        new(logger: null)
        {
            EndPoints = [new UnixDomainSocketEndPoint(socket)],
            UnixSocketPath = socket,
            UnixSocketPermission = OperatingSystem.IsWindows()
                ? default
                : UnixFileMode.UserRead | UnixFileMode.UserWrite,
            QuietMode = true,
            EnableLua = true,
            // Without it two scripts on one key interleave.
            LuaTransactionMode = true,
            LuaOptions = new(
                LuaMemoryManagementMode.Native,
                null,
                Timeout.InfiniteTimeSpan,
                LuaLoggingMode.Enable,
                []
            ),
            // About 100,000 carts; older ones move to disk.
            LogMemorySize = "128m",
            PageSize = "1m",
            SegmentSize = "64m",
            IndexMemorySize = "1m",
            ExpiredKeyDeletionScanFrequencySecs = 60,
            EnableStorageTier = true,
            LogDir = folder,
            CheckpointDir = folder,
            EnableAOF = true,
            // Each write starts a commit; no client waits for it.
            CommitFrequencyMs = 0,
            Recover = true,
            FailOnRecoveryError = true,
            AofMemorySize = "16m",
            AofPageSize = "4m",
            // Past this the log is folded into a checkpoint, which bounds the disk and the next start.
            AofSizeLimit = "64m",
            // The default device of Linux needs libaio, which few machines have.
            DeviceType = DeviceType.RandomAccess,
        };

    private static string SocketIn(string folder)
    {
        var socket = Path.Combine(folder, "redis.sock");
        // The two signs mean something in a connection string.
        var fits =
            Encoding.UTF8.GetByteCount(socket) <= LongestSocketPath && socket.IndexOfAny([',', '=']) < 0;
        return fits ? socket : Path.Combine(Directory.CreateTempSubdirectory("shop-").FullName, "redis.sock");
    }
}
