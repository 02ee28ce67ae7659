using System.Text.RegularExpressions;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>One PostgreSQL server and its data.</summary>
/// <param name="programs">What runs it.</param>
/// <param name="folder">Holds the data of all servers, and their logs.</param>
/// <param name="name"><c>primary</c> or <c>replica</c>: names its own folder and log.</param>
/// <param name="clock">Names what is set aside.</param>
internal sealed partial class PostgresNode(
    PostgresPrograms programs,
    string folder,
    string name,
    TimeProvider clock
)
{
    // Replaying what a crash left of a busy day takes minutes at most.
    private const string StartTimeoutSeconds = "300";

    // Without one of them no server starts; what else is missing it finds by itself.
    private static readonly string[] _needed = ["PG_VERSION", "global/pg_control", "base", "pg_wal"];

    /// <summary><c>primary</c> or <c>replica</c>.</summary>
    public string Name => name;

    public string Data { get; } = Path.Combine(folder, name);

    /// <summary>Whether it was made; it may have been damaged since.</summary>
    public bool Exists => Directory.Exists(Data);

    public string Log { get; } = Path.Combine(folder, name + ".log");

    /// <summary>What a data folder lacks, such as <c>PG_VERSION</c>; empty where the folder itself is missing, null where nothing is.</summary>
    public static string? Lost(string data) =>
        Directory.Exists(data) ? _needed.FirstOrDefault(part => !Path.Exists(Path.Combine(data, part))) : "";

    /// <summary>Fills the data folder by a program that takes its path; until it is filled, what was there stays there.</summary>
    /// <returns>Where that is now; null if there was nothing.</returns>
    public async Task<string?> CreateAsync(
        string program,
        Func<string, string[]> arguments,
        CancellationToken cancel
    )
    {
        ForgetUnfinished();
        // The program of a shop that was killed may still be at work, in a folder of its own.
        var unfinished = $"{Data}.new-{Path.GetRandomFileName()}";
        await programs.RunAsync(program, arguments(unfinished), cancel);
        var before = SetAside();
        Directory.Move(unfinished, Data);
        return before;
    }

    /// <summary>Moves its data out of the way. Deletes nothing: a person may still find in it what is nowhere else.</summary>
    /// <returns>Where it is now; null if there was none.</returns>
    public string? SetAside() => ShopHome.SetAside(Data, clock);

    public void Configure(IEnumerable<string> settings)
    {
        var file = Path.Combine(Data, "postgresql.conf");
        string[] lines = [.. settings];
        if (File.Exists(file) && File.ReadLines(file).SequenceEqual(lines))
        {
            // On a full disk it could not be written again.
            return;
        }

        File.WriteAllLines(file, lines);
        if (!OperatingSystem.IsWindows())
        {
            // Written by root perhaps, read by another; the folder is closed to strangers.
            File.SetUnixFileMode(
                file,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.GroupRead
                    | UnixFileMode.OtherRead
            );
        }
    }

    /// <returns>The server's process id, once it answers.</returns>
    /// <exception cref="CannotStartException">It did not come up; the message holds what its log says of it.</exception>
    public async Task<int> StartAsync(CancellationToken cancel)
    {
        if (File.Exists(Log))
        {
            // Of one that was killed, it may say why.
            File.Move(Log, Log + ".old", overwrite: true);
        }

        var (exitCode, output) = await programs.TryRunAsync(
            "pg_ctl",
            ["start", "--silent", "--wait", "--timeout", StartTimeoutSeconds, "--pgdata", Data, "--log", Log],
            cancel
        );
        if (exitCode != 0 || PostmasterFile.Read(Data) is not { } server)
        {
            var log = File.Exists(Log) ? await File.ReadAllTextAsync(Log, cancel) : "";
            throw new CannotStartException(
                $"PostgreSQL's {name} does not start: {PostgresPrograms.Reason(log, output)} (its log is {Log})."
            );
        }

        return server.Pid;
    }

    /// <summary>Whether its server is up.</summary>
    public bool IsRunning => PostmasterFile.Read(Data)?.IsAlive() is true;

    /// <summary>Stops the server that a shop left behind when it was killed, if one still runs.</summary>
    public async Task StopLeftoverAsync(CancellationToken cancel)
    {
        switch (PostmasterFile.Read(Data)?.IsAlive())
        {
            case true:
                await StopAsync(cancel);
                break;
            case false:
                // Its number may soon be another process's; then PostgreSQL would refuse to start.
                File.Delete(PostmasterFile.PathIn(Data));
                break;
        }
    }

    /// <summary>How much of the write-ahead log its data holds for certain, while its server is down; null where it cannot be read.</summary>
    public async Task<string?> EndOfLogAsync(CancellationToken cancel)
    {
        var (_, control) = await programs.TryRunAsync("pg_controldata", ["--pgdata", Data], cancel);
        return MinimumRecovery().Match(control) is { Success: true } end ? end.Groups["place"].Value : null;
    }

    /// <summary>Stops it in good order; does nothing where it does not run.</summary>
    public Task StopAsync(CancellationToken cancel) => StopAsync("fast", cancel);

    /// <summary>Stops it at once: nothing that it still has to do is of use.</summary>
    public Task AbandonAsync(CancellationToken cancel) => StopAsync("immediate", cancel);

    private async Task StopAsync(string mode, CancellationToken cancel) =>
        _ = await programs.TryRunAsync(
            "pg_ctl",
            ["stop", "--silent", "--wait", "--mode", mode, "--pgdata", Data],
            cancel
        );

    [GeneratedRegex(
        "^Minimum recovery ending location: +(?<place>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MinimumRecovery();

    private void ForgetUnfinished()
    {
        foreach (var unfinished in Directory.EnumerateDirectories(folder, $"{name}.new-*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // Still being written to; the next start finds it done.
            }
        }
    }
}
