using System.Globalization;

namespace Shop.Load.Measure;

/// <summary>What a process has used so far, as Linux tells it in <c>/proc</c>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Who started it.</param>
/// <param name="Own">CPU of its own threads.</param>
/// <param name="OfEnded">CPU of its children that have ended.</param>
internal readonly record struct ProcessUse(int Id, int Parent, TimeSpan Own, TimeSpan OfEnded)
{
    // USER_HZ: a constant of the interface, whatever the kernel's own clock is.
    private const double TicksPerSecond = 100;

    /// <summary>Every process that can be seen.</summary>
    public static IEnumerable<ProcessUse> All() => Ids().Select(Of).OfType<ProcessUse>();

    /// <summary>Null if it has ended.</summary>
    public static ProcessUse? Of(int id) =>
        Read($"/proc/{id}/stat") is { Length: > 0 } text ? Parse(id, text) : null;

    /// <summary>Memory that it holds, shared libraries included, in bytes; zero if it has ended.</summary>
    public static long Memory(int id)
    {
        const string field = "VmRSS:";
        var line = Read($"/proc/{id}/status")
            ?.Split('\n')
            .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null
            ? 0
            : 1024 * long.Parse(line[field.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }

    /// <summary>Whoever listens on a TCP port of this machine, or on a Unix socket; null where nobody does, or it is hidden from us.</summary>
    /// <param name="address">A port, such as <c>5000</c>, or a path.</param>
    public static int? Listening(string address)
    {
        var wanted = Sockets(address).Select(inode => $"socket:[{inode}]").ToHashSet();
        return wanted.Count == 0
            ? null
            : Ids().Where(id => Links(id).Any(wanted.Contains)).Select(id => (int?)id).FirstOrDefault();
    }

    private static ProcessUse Parse(int id, string text)
    {
        // The name is in brackets and may hold anything; the third field follows.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new(
            id,
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            Cpu(fields[11]) + Cpu(fields[12]),
            Cpu(fields[13]) + Cpu(fields[14])
        );
    }

    private static TimeSpan Cpu(string ticks) =>
        TimeSpan.FromSeconds(long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond);

    private static IEnumerable<string> Sockets(string address)
    {
        if (address.StartsWith('/'))
        {
            // Num RefCount Protocol Flags Type St Inode Path; connections have the path, too, but not the flag.
            return from line in Lines("/proc/net/unix")
                where line.Length == 8 && line[7] == address && line[3] == "00010000"
                select line[6];
        }

        // sl local_address rem_address st … inode, the port in hexadecimal; 0A is LISTEN.
        var port =
            ":"
            + int.Parse(address, CultureInfo.InvariantCulture).ToString("X4", CultureInfo.InvariantCulture);
        return from line in Lines("/proc/net/tcp").Concat(Lines("/proc/net/tcp6"))
            where line.Length > 9 && line[3] == "0A" && line[1].EndsWith(port, StringComparison.Ordinal)
            select line[9];
    }

    private static IEnumerable<string[]> Lines(string file) =>
        (Read(file) ?? "").Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<int> Ids() =>
        from folder in Directory.Exists("/proc") ? Directory.GetDirectories("/proc") : []
        let name = Path.GetFileName(folder)
        where int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Links(int id)
    {
        try
        {
            return
            [
                .. Directory
                    .GetFiles($"/proc/{id}/fd")
                    .Select(link => new FileInfo(link).LinkTarget)
                    .OfType<string>(),
            ];
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It has ended, or this is no Linux.
            return null;
        }
    }
}
