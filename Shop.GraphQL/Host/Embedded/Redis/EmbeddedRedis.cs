using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Garnet;
using Garnet.server;
using Shop.Data.Carts;
using StackExchange.Redis;
using Tsavorite.core;

namespace Shop.GraphQL.Host.Embedded.Redis;

/// <summary>
/// A Redis-compatible server (Microsoft Garnet) inside this process. It listens on a Unix socket that only we and root
/// can open. Each write is on its way to the log when it is answered, and there a fraction of a millisecond later; a kill
/// forgets a tail, which may begin in the middle of a script. What must outlive a kill waits for <see cref="WrittenAsync"/>,
/// many callers at a time; the server's own waiting would halve the orders that one process can take, for it holds up the one
/// connection that all use.
/// </summary>
internal sealed class EmbeddedRedis : IDisposable
{
    // A socket's path holds at most 107 bytes on Linux, 103 on macOS.
    private const int LongestSocketPath = 102;

    // As long as a command may take.
    private static readonly TimeSpan _writing = TimeSpan.FromSeconds(2);

    // A checkpoint of many carts takes less.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly string _folder;
    private readonly string _socket;
    private readonly RedisFiles _files;
    private GarnetServer? _server;

    private EmbeddedRedis(string folder) =>
        (_folder, _socket, _files) = (folder, SocketIn(folder), new(folder));

    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => "!" + _socket;

    /// <summary>A copy of the log as a kill left it, with a last part that cannot be read; null where all of it could.</summary>
    public string? LogBefore { get; private set; }

    /// <summary>Bytes that its disk has left.</summary>
    public long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Starts it; takes about 0.4 s, and 1 s more for each 50 MB of log that a crash left to replay.</summary>
    /// <param name="folder">Its data; created where it is missing. What was there is there again.</param>
    /// <exception cref="CannotStartException">It cannot be read; nothing was changed.</exception>
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
        var redis = new EmbeddedRedis(folder);
        redis.Open(look: true);
        return redis;
    }

    /// <summary>Whether it can write something.</summary>
    public bool TakesWrites()
    {
        try
        {
            return Ask("SETEX", "watch", "60", "1").StartsWith('+');
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Closes it and opens it again: what a full disk has stopped goes on once there is room.</summary>
    /// <exception cref="CannotStartException">It cannot be opened; try again.</exception>
    public void Restart()
    {
        _server?.Dispose();
        _server = null;
        // Clients write as soon as it is open, so that its log may grow while it is looked at; and it is as we left it.
        Open(look: false);
    }

    /// <summary>Returns when all that was answered so far is in the log: <see cref="AwaitRedisLog"/>.</summary>
    /// <exception cref="RedisConnectionException">It is being opened again, or its disk is full: that may not be there then.</exception>
    public async Task WrittenAsync(CancellationToken cancel)
    {
        if (_server is not { } server)
        {
            throw Away("Redis is being opened again.", cause: null);
        }

        // A server that is closed meanwhile leaves those that wait for its log waiting.
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(_writing);
        try
        {
            await server.Store.WaitForCommitAsync(late.Token);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            throw Away("Redis cannot write its log.", fault);
        }
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Dispose();
            _files.NoteClosed();
        }

        File.Delete(_socket);
    }

    private void Open(bool look)
    {
        var wasClosed = _files.TakeClosed();
        try
        {
            Serve();
            if (look && Tail() is var tail && _files.HasMoreThan(tail))
            {
                if (wasClosed)
                {
                    throw new InvalidDataException($"its log can be read up to byte {tail} only");
                }

                // It has read the rest, too, and would write it back.
                _server!.Dispose();
                LogBefore = _files.KeepRest(tail, TimeProvider.System);
                Serve();
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _server?.Dispose();
            _server = null;
            if (wasClosed)
            {
                _files.NoteClosed();
            }

            throw _files.Damaged(fault.Message.TrimEnd('.'), fault);
        }
    }

    private void Serve()
    {
        File.Delete(_socket);
        _server = new(Options(_folder, _socket));
        _server.Start();
    }

    private static RedisConnectionException Away(string message, Exception? cause) =>
        new(ConnectionFailureType.UnableToConnect, CommandFlags.None, message, cause, CommandStatus.Unknown);

    // The address behind the last record of its log that it could read.
    private long Tail()
    {
        const string Name = "\nTailAddress:";
        var info = Ask("INFO", "persistence");
        var start = info.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return long.Parse(
            info.AsSpan(start, info.IndexOf('\r', start) - start),
            CultureInfo.InvariantCulture
        );
    }

    // Over a connection of its own, whatever state those of the shop are in. The answer is short.
    private string Ask(params string[] words)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = (int)_patience.TotalMilliseconds;
        socket.Connect(new UnixDomainSocketEndPoint(_socket));
        var command =
            $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"))}";
        socket.Send(Encoding.ASCII.GetBytes(command));
        var answer = new byte[4096];
        return Encoding.ASCII.GetString(answer, 0, socket.Receive(answer));
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
            // Each write starts a commit; the server has no client wait for it.
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
