using System.Diagnostics;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Whom PostgreSQL runs as: ourselves, or an account without rights where we are root, whom it refuses.</summary>
/// <param name="Name">The account to switch to; null to stay who we are.</param>
internal sealed record ServerUser(string? Name)
{
    /// <summary>The account for this process.</summary>
    public static ServerUser Current { get; } = new(OperatingSystem.IsWindows() ? null : Unprivileged());

    /// <summary>True if the account can reach a folder: every folder above it is open to it.</summary>
    public bool CanEnter(string folder) =>
        Name is null || Run(new("/bin/sh", ["-c", "cd -- \"$1\"", "sh", folder]) { UserName = Name }) == 0;

    /// <summary>Makes an existing folder the account's own, closed to everyone else.</summary>
    public void Own(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(
            folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        if (Name is not null && Run(new("chown", [Name, folder])) != 0)
        {
            throw new CannotStartException(
                $"{folder} cannot be given to {Name}, as whom PostgreSQL has to run."
            );
        }
    }

    private static string? Unprivileged()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        // "nobody" is everywhere; with an account of its own PostgreSQL is better fenced off.
        var hasOwn = File.ReadLines("/etc/passwd")
            .Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));
        return hasOwn ? "postgres" : "nobody";
    }

    private static int Run(ProcessStartInfo start)
    {
        start.WorkingDirectory = "/";
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
