using System.Diagnostics;
using System.Globalization;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>What a PostgreSQL server says of itself in <c>postmaster.pid</c>.</summary>
/// <param name="Pid">Line 1.</param>
/// <param name="StartedAt">Line 3.</param>
/// <remarks>The file outlives a server that was killed, and its number may by then be another process's.</remarks>
internal sealed record PostmasterFile(int Pid, DateTimeOffset StartedAt)
{
    // The kernel counts a process's start in ticks since boot; the file holds whole seconds of the wall clock.
    private static readonly TimeSpan _clockSlack = TimeSpan.FromSeconds(10);

    public static string PathIn(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>Null where no server runs, or ran and was killed before it wrote all of it.</summary>
    public static PostmasterFile? Read(string data)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(data));
            return new(
                int.Parse(lines[0], CultureInfo.InvariantCulture),
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(lines[2], CultureInfo.InvariantCulture))
            );
        }
        catch (Exception fault) when (fault is IOException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether the server that wrote this is alive; null if a PostgreSQL is, but perhaps another one.</summary>
    public bool? IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            return IsZombie() || !process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) ? false
                : (StartedAt - new DateTimeOffset(process.StartTime)).Duration() < _clockSlack ? true
                : null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    // Killed, and listed until its parent has asked how it ended; in some containers none does.
    private bool IsZombie()
    {
        var status = $"/proc/{Pid}/status";
        return File.Exists(status)
            && File.ReadLines(status).Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
    }
}
