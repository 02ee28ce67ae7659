namespace Shop.Load.Fire;

/// <summary>What goes wrong in a town, and what brings it back.</summary>
/// <param name="Kind">What a report calls it and its like.</param>
/// <param name="Name">Which of them.</param>
/// <param name="StrikeAsync">Has it happen, at once and without warning.</param>
/// <param name="MendAsync">Ends it, starts again what it has ended, and returns once all is at work.</param>
internal sealed record Blow(
    string Kind,
    string Name,
    Func<Task> StrikeAsync,
    Func<CancellationToken, Task> MendAsync
)
{
    /// <summary>The kind of what runs jobs.</summary>
    public const string JobHost = "job host";

    // Long enough for every shopper to notice.
    private static readonly TimeSpan _fullFor = TimeSpan.FromSeconds(5);

    /// <summary>Everything in a town that can be killed.</summary>
    public static IReadOnlyList<Blow> Kills(Town town) =>
        [
            .. town.Webs.Select(node => new Blow("web host", node.Name, node.KillAsync, node.StartAsync)),
            .. town.JobHosts.Select(node => new Blow(JobHost, node.Name, node.KillAsync, node.StartAsync)),
            Of("PostgreSQL", town.Postgres.KillPrimaryAsync, town.Postgres.StartPrimaryAsync),
            Of("replica", town.Postgres.KillReplicaAsync, town.Postgres.StartReplicaAsync),
            Of("Redis", town.Redis.KillAsync, town.Redis.StartAsync),
        ];

    /// <summary>Everything in a town that can be killed, filled or refused.</summary>
    public static IReadOnlyList<Blow> All(Town town)
    {
        var order = new RefusedOrder(town);
        return
        [
            .. Kills(town),
            Of("refused statement", order.PlantAsync, order.TryAsync),
            .. town.Disk is { } disk
                ? [Of("full disk", disk.FillAsync, cancel => MakeRoomAsync(town, disk, cancel))]
                : Array.Empty<Blow>(),
        ];
    }

    /// <summary>Each in turn, in an order that chance gives; then each once more, without end.</summary>
    public static IEnumerable<Blow> Shuffled(IReadOnlyList<Blow> blows, Random random)
    {
        while (true)
        {
            Blow[] round = [.. blows];
            random.Shuffle(round);
            foreach (var blow in round)
            {
                yield return blow;
            }
        }
    }

    private static Blow Of(string name, Func<Task> strike, Func<CancellationToken, Task> mend) =>
        new(name, name, strike, mend);

    // A redis-server that cannot write its log ends, and PostgreSQL may; who runs them starts them again.
    private static async Task MakeRoomAsync(Town town, OwnDisk disk, CancellationToken cancel)
    {
        await Task.Delay(_fullFor, TimeProvider.System, cancel);
        disk.Empty();
        await town.Postgres.StartEndedAsync(cancel);
        if (!town.Redis.IsRunning)
        {
            await town.Redis.StartAsync(cancel);
        }
    }
}
