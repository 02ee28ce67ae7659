using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Runs PostgreSQL's programs to their end, as the user that the servers run as.</summary>
internal sealed partial class PostgresPrograms(PostgresBinaries binaries, ServerUser user)
{
    /// <exception cref="CannotStartException">It failed; the message holds what it says of it.</exception>
    public async Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments, cancel);
        if (exitCode != 0)
        {
            throw new CannotStartException(
                $"PostgreSQL's {program} failed: {Reason(output, $"it ended with code {exitCode}")}."
            );
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

        // What it says is looked through for a reason.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // Nor may a server that it has begun to start outlive us.
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }

    /// <summary>Why a program failed.</summary>
    /// <param name="written">What it wrote: its last complaint counts.</param>
    /// <param name="otherwise">What is said where it did not complain.</param>
    public static string Reason(string written, string otherwise) =>
        Complaint().Matches(written).LastOrDefault()?.Groups["what"].Value.Trim() ?? otherwise;

    // While a server starts, it refuses whoever asks whether it is up.
    [GeneratedRegex(
        @"\b(PANIC|FATAL|error): +(?!the database system is)(?<what>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Complaint();
}
