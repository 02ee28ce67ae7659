using System.Diagnostics;

namespace Shop.Tests.Fixtures;

/// <summary>
/// What the servers of one run of the tests write: in memory where the machine has a memory disk, and gone when the run
/// ends, also when it is killed.
/// </summary>
internal static class RunFolder
{
    // Waits at a pipe that closes with this process; then for the servers, which stop by themselves.
    private const string Remove = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        cat
        tries=0
        while [ "$tries" -lt 200 ] && ls "$1"/*/*/postmaster.pid; do
            tries=$((tries + 1))
            sleep 0.05
        done
        rm -rf "$1"
        """;

    private static readonly Lazy<string> _path = new(Create);
    private static int _folders;

    // Held, for its end of the pipe closes with it.
    private static Process? _watch;

    /// <summary>A new folder in it.</summary>
    public static string Make(string purpose) =>
        Directory
            .CreateDirectory(Path.Combine(_path.Value, $"{purpose}{Interlocked.Increment(ref _folders)}"))
            .FullName;

    private static string Create()
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Path.Combine(memory, $"shop-tests-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        _watch = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Remove, "sh", folder])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        );
        return folder;
    }
}
