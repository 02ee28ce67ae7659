namespace Shop.Load.Fire;

/// <summary>Something that is killed in a town, and what brings it back.</summary>
/// <param name="Name">What a report calls it.</param>
/// <param name="StrikeAsync">Kills it, at once and without warning.</param>
/// <param name="MendAsync">Starts it again, and returns once it is at work.</param>
internal sealed record Blow(string Name, Func<Task> StrikeAsync, Func<CancellationToken, Task> MendAsync)
{
    /// <summary>Everything in a town that can be killed, a line each.</summary>
    public static IReadOnlyList<Blow> All(Town town) =>
        [
            .. town.Webs.Concat(town.JobHosts).Select(OfNode),
            new("PostgreSQL", town.Postgres.KillPrimaryAsync, town.Postgres.StartPrimaryAsync),
            new("replica", town.Postgres.KillReplicaAsync, town.Postgres.StartReplicaAsync),
            new("Redis", town.Redis.KillAsync, town.Redis.StartAsync),
        ];

    private static Blow OfNode(TownNode node) => new(node.Name, node.KillAsync, node.StartAsync);
}
