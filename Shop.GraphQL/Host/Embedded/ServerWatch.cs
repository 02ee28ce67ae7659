using System.Diagnostics;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// A small process that stops PostgreSQL when this one ends, however it ends: it waits at a pipe that closes with us.
/// Ctrl-C in a terminal does not reach it, nor the servers, so that the shop can finish first.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    // Each line names a server: its process id and its data. At the end of input the first named stops first: a primary that
    // stops sends its replica all that it has. A server is gone when its file is, or, where it was killed, when its process
    // is; a process that no parent has waited for is gone, too. After 10 s of asking nicely it is told to quit at once, which
    // costs a recovery at the next start.
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        runs() {
            [ "$(head -n 1 "$2/postmaster.pid")" = "$1" ] && kill -0 "$1" && ! grep -q '^State:.*Z' "/proc/$1/status"
        }
        stop() {
            runs "$1" "$2" || return
            kill -INT "$1"
            tries=0
            while runs "$1" "$2"; do
                tries=$((tries + 1))
                [ "$tries" -eq 400 ] && kill -QUIT "$1"
                [ "$tries" -eq 600 ] && return
                sleep 0.025
            done
        }
        servers=$(cat)
        echo "$servers" | while read -r pid data; do stop "$pid" "$data"; done
        """;

    private readonly Process _process;

    private ServerWatch(Process process) => _process = process;

    public static ServerWatch Start(ServerUser user)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        if (user.Name is not null)
        {
            start.UserName = user.Name;
        }

        return new(Process.Start(start)!);
    }

    public async Task AddAsync(int pid, string data, CancellationToken cancel)
    {
        await _process.StandardInput.WriteLineAsync($"{pid} {data}".AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
    }

    /// <summary>Stops the servers and waits until they are down.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
