using System.Diagnostics;
using Shop.Load.Client;

namespace Shop.Load.Fire;

/// <summary>A program in a process that can be killed; it ends with this one, however this one ends.</summary>
internal sealed class HostProcess : IDisposable
{
    // Waits at a pipe that closes with us.
    private const string Guard = """cat >/dev/null; kill -KILL "$1" """;

    // What a process writes before it dies is the best clue to why.
    private const int LinesKept = 20;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly Process _guard;
    private readonly Queue<string> _lines = new();
    private readonly string _readyWord;
    private readonly Action<string> _tell;

    private HostProcess(ProcessStartInfo start, string readyWord, Action<string> tell)
    {
        (_readyWord, _tell) = (readyWord, tell);
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        // Read to the end: it must not stop at a full pipe.
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) =>
            _ready.TrySetException(new ShopAwayException($"It ended: {LastWords}", null));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _guard = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", $"{_process.Id}"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        )!;
    }

    /// <summary>The last lines that it wrote.</summary>
    public string LastWords
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Whether it has, by itself or by force.</summary>
    public bool HasEnded => _process.HasExited;

    /// <param name="program">Its path, or its name on the path.</param>
    /// <param name="arguments">For it.</param>
    /// <param name="settings">Environment, besides our own.</param>
    /// <param name="readyWord">What it writes once it is at work.</param>
    /// <param name="tell">Is told of each line that it writes.</param>
    public static HostProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> settings,
        string readyWord,
        Action<string>? tell = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Several of them run on one machine.
        start.Environment["Operations__Port"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(start, readyWord, tell ?? (_ => { }));
    }

    /// <summary>Returns once it is at work.</summary>
    /// <exception cref="ShopAwayException">It has ended instead; the message is what it wrote last.</exception>
    public Task ReadyAsync(CancellationToken cancel) => _ready.Task.WaitAsync(cancel);

    /// <summary><c>kill -9</c>: it gets no chance to put anything away.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    /// <summary><c>kill</c>: it is told to end, as an orchestrator tells it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await EndAsync(cancel);
    }

    /// <returns>The exit code; 137 where it was killed.</returns>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _guard.Kill();
        _guard.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not { Length: > 0 })
        {
            return;
        }

        _tell(line);
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }

        if (line.Contains(_readyWord, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
