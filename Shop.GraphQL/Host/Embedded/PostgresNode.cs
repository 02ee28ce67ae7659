namespace Shop.GraphQL.Host.Embedded;

/// <summary>One PostgreSQL server and its data.</summary>
/// <param name="programs">What runs it.</param>
/// <param name="folder">Holds the data of all servers, and their logs.</param>
/// <param name="name"><c>primary</c> or <c>replica</c>: names its own folder and log.</param>
internal sealed class PostgresNode(PostgresPrograms programs, string folder, string name)
{
    // Replaying what a crash left of a busy day takes minutes at most.
    private const string StartTimeoutSeconds = "300";

    public string Data { get; } = Path.Combine(folder, name);

    /// <summary>True once its data is whole; an interrupted <see cref="CreateAsync"/> leaves it false.</summary>
    public bool Exists => File.Exists(Path.Combine(Data, "PG_VERSION"));

    private string Log => Path.Combine(folder, name + ".log");

    /// <summary>Fills the data folder by a program that takes its path, or leaves no trace.</summary>
    public async Task CreateAsync(string program, Func<string, string[]> arguments, CancellationToken cancel)
    {
        var unfinished = Data + ".new";
        Delete(unfinished);
        Delete(Data);
        await programs.RunAsync(program, arguments(unfinished), cancel);
        Directory.Move(unfinished, Data);
    }

    public void Configure(IEnumerable<string> settings)
    {
        var file = Path.Combine(Data, "postgresql.conf");
        File.WriteAllLines(file, settings);
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
    /// <exception cref="CannotStartException">It did not come up; the message holds the end of its log.</exception>
    public async Task<int> StartAsync(CancellationToken cancel)
    {
        File.Delete(Log);
        var (exitCode, output) = await programs.TryRunAsync(
            "pg_ctl",
            ["start", "--silent", "--wait", "--timeout", StartTimeoutSeconds, "--pgdata", Data, "--log", Log],
            cancel
        );
        if (exitCode != 0 || PostmasterFile.Read(Data) is not { } server)
        {
            throw new CannotStartException($"PostgreSQL's {name} does not start: {output}\n{EndOfLog()}");
        }

        return server.Pid;
    }

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

    public async Task StopAsync(CancellationToken cancel) =>
        _ = await programs.TryRunAsync(
            "pg_ctl",
            ["stop", "--silent", "--wait", "--mode", "fast", "--pgdata", Data],
            cancel
        );

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string EndOfLog() =>
        File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(5)) : "(it wrote no log)";
}
