using System.Diagnostics;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Runs PostgreSQL's programs to their end, as the user that the servers run as.</summary>
internal sealed class PostgresPrograms(PostgresBinaries binaries, ServerUser user)
{
    /// <exception cref="CannotStartException">It failed; the message holds the last lines it wrote.</exception>
    public async Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments, cancel);
        if (exitCode != 0)
        {
            throw new CannotStartException($"PostgreSQL's {program} failed: {output}");
        }
    }

    /// <returns>The exit code, and what the program wrote.</returns>
    public async Task<(int ExitCode, string Output)> TryRunAsync(
        string program,
        string[] arguments,
        CancellationToken cancel
    )
    {
        // The working directory is one that the other user can enter for certain.
        var start = new ProcessStartInfo(binaries.Program(program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(binaries.Folder),
        };
        if (user.Name is not null)
        {
            start.UserName = user.Name;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }
}
