using System.Globalization;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>What the programs that fill a data folder are told.</summary>
internal static class PostgresArguments
{
    /// <summary><c>initdb</c>. Text sorts by code point in every locale; letters are known to be letters.</summary>
    public static string[] Initdb(string data) =>
        [
            "--pgdata",
            data,
            "--username",
            "postgres",
            "--auth-local",
            "trust",
            "--auth-host",
            "reject",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--lc-ctype",
            OperatingSystem.IsMacOS() ? "UTF-8"
            : OperatingSystem.IsWindows() ? "C"
            : "C.UTF-8",
        ];

    /// <summary><c>pg_basebackup</c>. Not synced: the replica's first start does that, as after a crash.</summary>
    public static string[] BaseBackup(string data, string sockets, int port) =>
        [
            "--pgdata",
            data,
            "--host",
            sockets,
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--username",
            "postgres",
            "--no-sync",
            "--wal-method",
            "stream",
            "--checkpoint",
            "fast",
        ];
}
