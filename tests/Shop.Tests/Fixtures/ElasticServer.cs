using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Shop.Tests.Fixtures;

/// <summary>
/// A real Elasticsearch, which stands beside the repository: <c>../shared/search-server</c>. It starts with the first class that asks,
/// and ends with the run, also when that is killed.
/// </summary>
internal sealed class ElasticServer
{
    // Runs until its input closes: when this process dies. By then its folder, with the file of its number, may be gone.
    private const string Watched = """
        exec 2>/dev/null
        "$1/start.sh" "$2" "$3" && echo started || echo failed
        cat >/dev/null
        kill -KILL $(pgrep -f "SearchServer $1 $3 $2")
        """;

    private static readonly Lazy<Task<ElasticServer>> _one = new(StartAsync);

    private readonly string _data;

    // Held, for its end of the pipe closes with it.
    private readonly Process _watch;

    private ElasticServer(int port, string data, Process watch) =>
        (Port, _data, _watch) = (port, data, watch);

    /// <summary>Where it listens, on this machine.</summary>
    public int Port { get; }

    /// <summary>For <c>Search:Elastic:Nodes:0</c>.</summary>
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Whether it is there to be started.</summary>
    public static bool IsHere => Folder is not null;

    /// <summary>The server of this run.</summary>
    public static Task<ElasticServer> StartedAsync() => _one.Value;

    /// <summary>Another one, for tests that stop it.</summary>
    public static async Task<ElasticServer> StartAsync()
    {
        var (data, port) = (RunFolder.Make("elastic"), FreePort());
        var watch = Process.Start(
            new ProcessStartInfo(
                "/bin/sh",
                ["-c", Watched, "sh", Folder!, port.ToString(CultureInfo.InvariantCulture), data]
            )
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        while (await watch.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "started")
            {
                return new(port, data, watch);
            }
        }

        throw new InvalidOperationException("Elasticsearch did not start.");
    }

    /// <summary>Leaves a test out where the server is not there.</summary>
    public static void Need() =>
        Assert.SkipUnless(IsHere, "No ../shared/search-server: tests of Elasticsearch are left out.");

    /// <summary>Ends it as a fault does.</summary>
    public Task KillAsync() => SignalAsync("KILL");

    /// <summary>It takes connections, and answers nothing.</summary>
    public Task SilenceAsync() => SignalAsync("STOP");

    /// <summary>It goes on.</summary>
    public Task WakeAsync() => SignalAsync("CONT");

    /// <summary>Starts it again, with what it had.</summary>
    public Task StartAgainAsync() =>
        RunAsync(Path.Combine(Folder!, "start.sh"), Port.ToString(CultureInfo.InvariantCulture), _data);

    /// <summary>Takes away all that it has, while it is stopped.</summary>
    public void Wipe()
    {
        Directory.Delete(Path.Combine(_data, "data"), recursive: true);
        Directory.CreateDirectory(Path.Combine(_data, "data"));
    }

    /// <summary>Ends it.</summary>
    public async Task StopAsync()
    {
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
    }

    private static string? Folder { get; } =
        Ancestors(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder.FullName, "shared", "search-server"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "start.sh")));

    private static IEnumerable<DirectoryInfo> Ancestors(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            yield return folder;
        }
    }

    private Task SignalAsync(string signal) =>
        RunAsync("/bin/sh", "-c", $"kill -{signal} $(cat '{_data}/pid')");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false }
        )!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
