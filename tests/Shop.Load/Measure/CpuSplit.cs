using Npgsql;

namespace Shop.Load.Measure;

/// <summary>
/// Who used how much CPU while a scenario ran: the shop (with the embedded Redis in it), PostgreSQL, a Redis of its own,
/// and the load tool itself. Where cores are shared, CPU per order says more than orders per second.
/// </summary>
internal sealed class CpuSplit
{
    private const string Shop = "shop";

    private readonly (string Name, int Id)[] _processes;
    private readonly TimeSpan[] _before;

    private CpuSplit(IEnumerable<(string Name, int Id)> processes)
    {
        _processes = [.. processes.DistinctBy(process => process.Id)];
        _before = Now();
    }

    /// <summary>What the shop's process holds now, in bytes; zero if it cannot be seen from here.</summary>
    public long Memory =>
        _processes.Where(process => process.Name == Shop).Sum(process => ProcessUse.Memory(process.Id));

    /// <summary>What each of them has used since the start.</summary>
    public IReadOnlyList<(string Name, TimeSpan Used)> Used =>
        [.. _processes.Zip(Now().Zip(_before), (process, at) => (process.Name, at.First - at.Second))];

    /// <summary>Begins to count.</summary>
    /// <param name="shop">Where it listens.</param>
    public static CpuSplit Start(ShopAddress shop)
    {
        var running = RunningShop.Find();
        return new(
            from process in (IEnumerable<(string Name, int? Id)>)
                [
                    (Shop, ProcessUse.Listening($"{shop.Graph.Port}")),
                    .. Postgres(running?.Postgres)
                        .Select(
                            (at, n) =>
                                ($"PostgreSQL {(n == 0 ? "primary" : "replica")}", ProcessUse.Listening(at))
                        ),
                    ("Redis", running is null ? null : ProcessUse.Listening(Redis(running.Redis))),
                    ("load tool", Environment.ProcessId),
                ]
            where process.Id is not null
            select (process.Name, process.Id!.Value)
        );
    }

    /// <summary>Says what was used since the start.</summary>
    /// <param name="deeds">How many of what the scenario counts were done.</param>
    /// <param name="deed">What one of them is called.</param>
    public void Print(int deeds, string deed)
    {
        foreach (var (name, used) in Used)
        {
            Report.Line(
                $"CPU of {name}",
                $"{used.TotalSeconds:0.0} s  ({used.TotalMilliseconds / Math.Max(1, deeds):0.00} ms {deed})"
            );
        }
    }

    private TimeSpan[] Now()
    {
        var all = ProcessUse.All().ToLookup(process => process.Parent);
        return
        [
            .. _processes.Select(process =>
            {
                var own = ProcessUse.Of(process.Id);
                // A server of PostgreSQL is a process with a child for each connection; nobody else's children count.
                return process.Name.StartsWith("PostgreSQL", StringComparison.Ordinal)
                    ? all[process.Id]
                        .Aggregate(
                            own?.Own + own?.OfEnded ?? TimeSpan.Zero,
                            (sum, child) => sum + child.Own + child.OfEnded
                        )
                    : own?.Own ?? TimeSpan.Zero;
            }),
        ];
    }

    private static IEnumerable<string> Postgres(string? connection) =>
        connection is null
            ? []
            : from host in new NpgsqlConnectionStringBuilder(connection).Host!.Split(',')
            let colon = host.LastIndexOf(':')
            select host.StartsWith('/')
                ? $"{host[..colon]}/.s.PGSQL.{host[(colon + 1)..]}"
                : host[(colon + 1)..];

    // host:port, or ! and the path of a Unix socket; options follow after a comma.
    private static string Redis(string connection)
    {
        var address = connection.Split(',')[0];
        return address.StartsWith('!') ? address[1..] : address[(address.LastIndexOf(':') + 1)..];
    }
}
