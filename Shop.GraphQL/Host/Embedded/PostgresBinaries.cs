using System.Diagnostics;
using System.Globalization;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>A folder that holds the programs of one PostgreSQL server.</summary>
/// <param name="Folder">Full path; <c>initdb</c>, <c>pg_ctl</c>, <c>postgres</c> and others are in it.</param>
/// <param name="Major">Major version: data written by one is not read by another.</param>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest version that the shop is tested with.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] _needed =
    [
        "initdb",
        "pg_ctl",
        "postgres",
        "pg_basebackup",
        "pg_controldata",
    ];

    /// <summary>
    /// The newest server on this machine, or the one that <paramref name="major"/> asks for. <c>PG_BIN</c> names a
    /// folder and ends the search; else <c>PATH</c> and where Debian, Red Hat, Homebrew, Postgres.app and Windows put it.
    /// </summary>
    /// <exception cref="CannotStartException">There is none.</exception>
    public static PostgresBinaries Find(int? major = null)
    {
        var found = Folders()
            .Where(folder => _needed.All(program => File.Exists(Path.Combine(folder, Executable(program)))))
            .Distinct()
            .Select(folder => new PostgresBinaries(folder, MajorOf(folder)))
            .ToList();
        return found
                .Where(server => server.Major >= OldestMajor && (major is null || server.Major == major))
                .MaxBy(server => server.Major)
            ?? throw new CannotStartException(Missing(found, major));
    }

    public string Program(string name) => Path.Combine(Folder, Executable(name));

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } told)
        {
            return [told];
        }

        return
        [
            .. OnPath(),
            .. Versions("/usr/lib/postgresql", "bin"),
            .. Versions("/usr", "bin", "pgsql-*"),
            .. Versions("/opt/homebrew/opt", "bin", "postgresql*"),
            .. Versions("/usr/local/opt", "bin", "postgresql*"),
            .. Versions("/Applications/Postgres.app/Contents/Versions", "bin"),
            .. Versions(@"C:\Program Files\PostgreSQL", "bin"),
        ];
    }

    // What stands on the path is often a link to one program of the folder that holds them all.
    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        let server = new FileInfo(Path.Combine(folder, Executable("postgres")))
        where server.Exists
        select Path.GetDirectoryName(
            server.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? server.FullName
        );

    private static IEnumerable<string> Versions(string parent, string bin, string pattern = "*") =>
        Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern).Select(version => Path.Combine(version, bin))
            : [];

    private static int MajorOf(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(folder, Executable("postgres")), "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 19devel".
        var version = process.StandardOutput.ReadToEnd().Split(' ').ElementAtOrDefault(2) ?? "";
        process.WaitForExit();
        var digits = version.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    private static string Missing(List<PostgresBinaries> found, int? major)
    {
        var wanted = major is null
            ? $"PostgreSQL's server, version {OldestMajor} or later, is not installed"
            : $"The data here was written by PostgreSQL {major}, which is not installed";
        var seen =
            found.Count == 0 ? "" : $" (found: {string.Join(", ", found.Select(server => server.Major))})";
        var install =
            OperatingSystem.IsMacOS() ? "brew install postgresql@17"
            : OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
            : "sudo apt-get install postgresql";
        return $"{wanted}{seen}. This helps: {install}; or name the folder of its programs in PG_BIN.";
    }
}
