using System.Security.Cryptography;
using System.Text;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Where PostgreSQL keeps its files: below the shop's home, if the account it runs as can get there.</summary>
internal static class PostgresFolder
{
    // A socket's path holds at most 107 bytes on Linux, 103 on macOS; its name takes 14 of them.
    private const int LongestSocketFolder = 88;

    /// <summary>
    /// Makes <c>postgres</c> in the home and returns the real path. Where the account cannot enter the home (root's
    /// own folder is closed to all others) it becomes a link to a folder of <c>/var/lib/shop</c>.
    /// </summary>
    public static string Prepare(string home, ServerUser user)
    {
        var link = new DirectoryInfo(Path.Combine(home, "postgres"));
        var folder =
            link.LinkTarget
            ?? (user.CanEnter(home) ? link.FullName : Path.Combine("/var/lib/shop", NameFor(home)));
        Directory.CreateDirectory(folder);
        // Each time: a start may have been cut short between the two.
        user.Own(folder);
        if (folder != link.FullName && link.LinkTarget is null)
        {
            link.CreateAsSymbolicLink(folder);
        }

        return folder;
    }

    /// <summary>Deletes what <see cref="Prepare"/> made.</summary>
    public static void Remove(string home)
    {
        var link = new DirectoryInfo(Path.Combine(home, "postgres"));
        if (link.LinkTarget is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Where the servers listen. Only their account and root can enter it, which is all the password they need.
    /// </summary>
    public static string PrepareSockets(string folder, ServerUser user)
    {
        if (Encoding.UTF8.GetByteCount(folder) <= LongestSocketFolder && !folder.Contains(','))
        {
            return folder;
        }

        var sockets = Directory.CreateTempSubdirectory("shop-").FullName;
        user.Own(sockets);
        return sockets;
    }

    private static string NameFor(string home) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];
}
