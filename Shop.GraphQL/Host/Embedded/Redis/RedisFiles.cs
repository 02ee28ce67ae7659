namespace Shop.GraphQL.Host.Embedded.Redis;

/// <summary>
/// What the embedded Redis has on its disk. Garnet goes on with as much of it as it can read, and writes over the rest; so its
/// files are looked at before it is let near them.
/// </summary>
/// <param name="folder">Where they are.</param>
internal sealed class RedisFiles(string folder)
{
    private const string LogName = "aof.log";

    // Garnet's default: which file of the log an address is in.
    private const int SegmentBits = 30;

    // A file is written in whole sectors.
    private const int Sector = 512;

    // Written when the server was closed: every file and its length. A server that was killed leaves none.
    private string List => Path.Combine(folder, "closed");

    private string Log => Path.Combine(folder, "AOF");

    /// <summary>What of it is missing: empty where all of it is, null where there is something to read.</summary>
    public string? Lost =>
        !Directory.Exists(folder) ? ""
        : Directory.Exists(Log) && Directory.EnumerateFiles(Log, $"{LogName}.*").Any() ? null
        : "AOF";

    /// <summary>Notes what there is, now that nothing writes to it.</summary>
    public void NoteClosed()
    {
        try
        {
            var unfinished = List + ".new";
            File.WriteAllLines(unfinished, [.. Present()]);
            File.Move(unfinished, List, overwrite: true);
        }
        catch (IOException)
        {
            // On a full disk it counts as killed.
        }
    }

    /// <summary>Ends what <see cref="NoteClosed"/> began.</summary>
    /// <returns>Whether it was closed in good order; damage then is not from a kill.</returns>
    /// <exception cref="CannotStartException">Something is missing or of another length since; nothing was changed.</exception>
    public bool TakeClosed()
    {
        if (!File.Exists(List))
        {
            return false;
        }

        if (File.ReadLines(List).Except(Present()).FirstOrDefault() is { } lost)
        {
            throw Damaged($"{lost.Split(' ', 2)[1]} is not what it was when the shop was closed");
        }

        File.Delete(List);
        return true;
    }

    /// <summary>Forgets that it was closed, so that what can be read of it is.</summary>
    public void ForgetClosed() => File.Delete(List);

    /// <summary>Whether the log goes on behind the last record that could be read.</summary>
    /// <param name="tail">The address behind that record.</param>
    public bool HasMoreThan(long tail)
    {
        var file = FileOf(tail);
        if (!File.Exists(file))
        {
            return false;
        }

        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = OffsetOf(tail);
        var buffer = new byte[1 << 16];
        for (int read; (read = log.Read(buffer)) > 0; )
        {
            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Copies the log, and cuts it off behind the last record that could be read.</summary>
    /// <returns>Where the copy is.</returns>
    public string KeepRest(long tail, TimeProvider clock)
    {
        var copy = ShopHome.NameAside(Log, clock);
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(Log))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var log = new FileStream(FileOf(tail), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        log.SetLength(OffsetOf(tail));
        log.SetLength((OffsetOf(tail) + Sector - 1) / Sector * Sector);
        return copy;
    }

    /// <summary>What is said of carts that cannot be read.</summary>
    public CannotStartException Damaged(string what, Exception? cause = null) =>
        new(
            $"The carts in {folder} cannot be read: {what}. Put them back from a backup (docs/operating.md), or go on with what can "
                + "be read of them: ./shop recover",
            cause
        );

    private string FileOf(long address) => Path.Combine(Log, $"{LogName}.{address >> SegmentBits}");

    private static long OffsetOf(long address) => address & ((1L << SegmentBits) - 1);

    private IEnumerable<string> Present() =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file =>
                !file.FullName.StartsWith(List, StringComparison.Ordinal) && file.Extension != ".sock"
            )
            .Select(file => $"{file.Length} {Path.GetRelativePath(folder, file.FullName)}");
}
