using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Shop.Load.Fire;

/// <summary>A web host or a job host of a town: the same program at the same place, however often it is killed.</summary>
internal sealed class TownNode : IDisposable
{
    // Below the ports that systems give to outgoing calls: while a node is down, nobody gets its own by chance.
    private const int FirstPort = 20_000;
    private const int LastPort = 30_000;

    // A client that was told INTERNAL has a trace, and the log has the same.
    private const string FaultWords = "the client was told trace";

    private readonly Func<Action<string>, HostProcess> _start;
    private readonly ConcurrentQueue<string> _faults = new();
    private HostProcess? _process;

    private TownNode(string name, ShopAddress? address, Func<Action<string>, HostProcess> start) =>
        (Name, Address, _start) = (name, address, start);

    /// <summary>What a report calls it.</summary>
    public string Name { get; }

    /// <summary>Where it listens; null for a job host.</summary>
    public ShopAddress? Address { get; }

    /// <summary>What it has logged of each INTERNAL that clients were answered, however often it was killed.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>A node that answers clients, and leaves the jobs to others.</summary>
    public static TownNode Web(
        string name,
        Programs programs,
        IReadOnlyDictionary<string, string> settings
    ) => Web(name, FreeUrl(), programs, settings);

    /// <summary>The same, at an address that others know before it is started.</summary>
    public static TownNode Web(
        string name,
        string url,
        Programs programs,
        IReadOnlyDictionary<string, string> settings
    )
    {
        var own = new Dictionary<string, string>(settings) { ["Jobs__InProcess"] = "false" };
        return new(
            name,
            ShopAddress.Parse(url),
            tell =>
                HostProcess.Start(
                    "dotnet",
                    [programs.Web, "run", "--urls", url],
                    own,
                    readyWord: "The shop is open",
                    tell
                )
        );
    }

    /// <summary>A node that runs jobs.</summary>
    public static TownNode Jobs(
        string name,
        Programs programs,
        IReadOnlyDictionary<string, string> settings
    ) =>
        new(
            name,
            address: null,
            tell =>
                HostProcess.Start("dotnet", [programs.Jobs], settings, readyWord: "Application started", tell)
        );

    /// <summary>Starts it, for the first time or once more, and waits until it is at work.</summary>
    public Task StartAsync(CancellationToken cancel)
    {
        _process?.Dispose();
        _process = _start(Hear);
        return _process.ReadyAsync(cancel);
    }

    /// <inheritdoc cref="HostProcess.KillAsync" />
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    /// <inheritdoc cref="HostProcess.StopAsync" />
    public Task<int> StopAsync(CancellationToken cancel) => Started.StopAsync(cancel);

    /// <inheritdoc cref="HostProcess.EndAsync" />
    public Task<int> EndAsync(CancellationToken cancel) => Started.EndAsync(cancel);

    private HostProcess Started =>
        _process ?? throw new InvalidOperationException($"{Name} was never started.");

    public void Dispose() => _process?.Dispose();

    /// <summary>An address of this machine at which nothing listens.</summary>
    public static string FreeUrl() => $"http://127.0.0.1:{FreePort()}";

    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    private void Hear(string line)
    {
        if (line.Contains(FaultWords, StringComparison.Ordinal))
        {
            _faults.Enqueue(line);
        }
    }
}
