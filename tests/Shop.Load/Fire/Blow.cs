namespace Shop.Load.Fire;

/// <summary>Something that is killed in a town, and what brings it back.</summary>
/// <param name="Kind">What a report calls it and its like.</param>
/// <param name="Name">Which of them.</param>
/// <param name="StrikeAsync">Kills it, at once and without warning.</param>
/// <param name="MendAsync">Starts it again, and returns once it is at work.</param>
internal sealed record Blow(
    string Kind,
    string Name,
    Func<Task> StrikeAsync,
    Func<CancellationToken, Task> MendAsync
)
{
    /// <summary>The kind of what runs jobs.</summary>
    public const string JobHost = "job host";

    /// <summary>Everything in a town that can be killed.</summary>
    public static IReadOnlyList<Blow> All(Town town) =>
        [
            .. town.Webs.Select(node => new Blow("web host", node.Name, node.KillAsync, node.StartAsync)),
            .. town.JobHosts.Select(node => new Blow(JobHost, node.Name, node.KillAsync, node.StartAsync)),
            Of("PostgreSQL", town.Postgres.KillPrimaryAsync, town.Postgres.StartPrimaryAsync),
            Of("replica", town.Postgres.KillReplicaAsync, town.Postgres.StartReplicaAsync),
            Of("Redis", town.Redis.KillAsync, town.Redis.StartAsync),
        ];

    private static Blow Of(string name, Func<Task> strike, Func<CancellationToken, Task> mend) =>
        new(name, name, strike, mend);
}
