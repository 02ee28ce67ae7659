using Npgsql;

namespace Shop.Load.Fire;

/// <summary>How a town is built.</summary>
/// <param name="Home">A folder for its stores.</param>
/// <param name="Durability">How its PostgreSQL writes: from <c>PostgresSettings</c>.</param>
/// <param name="Settings">Settings of its nodes, as environment variables.</param>
/// <param name="Disk">The disk that its home is, where it has one for itself.</param>
internal sealed record TownPlan(
    string Home,
    IReadOnlyList<string> Durability,
    IReadOnlyDictionary<string, string> Settings,
    OwnDisk? Disk = null
);

/// <summary>
/// A shop as it stands in production, on one machine: PostgreSQL with a replica, Redis, two web hosts and two job hosts,
/// each a process of its own. Whatever happens to this process, theirs end with it.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly Programs _programs = Programs.BuiltWithUs;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly NpgsqlMultiHostDataSource _database;

    private Town(TownPlan plan, TownPostgres postgres, TownRedis redis)
    {
        (Postgres, Redis, Disk) = (postgres, redis, plan.Disk);
        // Channels know one address of a shop; here no proxy stands before its web hosts.
        string[] urls = [TownNode.FreeUrl(), TownNode.FreeUrl()];
        _settings = new Dictionary<string, string>(plan.Settings)
        {
            // A node that is told to end ends at once, unless its farewell is what is looked at.
            ["GraphQL__Transport__FarewellFor"] = plan.Settings.GetValueOrDefault(
                "GraphQL__Transport__FarewellFor",
                "00:00:00"
            ),
            ["Payments__PublicAddress"] = urls[0],
            ["ConnectionStrings__Shop"] = postgres.ConnectionString,
            ["ConnectionStrings__Redis"] = redis.ConnectionString,
            ["Accounts__KeySecret"] = "a secret of towns that is long enough",
            ["Catalog__Sample"] = "true",
            // A shop that runs on this machine for itself is none of theirs.
            ["SHOP_HOME"] = plan.Home,
        };
        _database = new NpgsqlDataSourceBuilder(
            postgres.ConnectionString + ";Pooling=false"
        ).BuildMultiHost();
        Webs = [Web("web 1", urls[0]), Web("web 2", urls[1])];
        JobHosts = [Jobs("jobs 1"), Jobs("jobs 2")];
    }

    public TownPostgres Postgres { get; }

    public TownRedis Redis { get; }

    /// <summary>Where its stores are, for what no client can do.</summary>
    public RunningShop Stores =>
        new(Webs[0].Address!.Graph.ToString(), Postgres.ConnectionString, Redis.ConnectionString);

    /// <summary>Leads to the node of PostgreSQL that takes writes.</summary>
    public NpgsqlDataSource Primary => _database.WithTargetSession(TargetSessionAttributes.Primary);

    /// <summary>What all of its stores are on, where that can be filled.</summary>
    public OwnDisk? Disk { get; }

    /// <summary>Those that answer clients.</summary>
    public IReadOnlyList<TownNode> Webs { get; }

    /// <summary>Those that run jobs.</summary>
    public IReadOnlyList<TownNode> JobHosts { get; }

    /// <summary>Opens it, with the sample catalogue.</summary>
    public static async Task<Town> OpenAsync(TownPlan plan, CancellationToken cancel)
    {
        var redis = new TownRedis(Directory.CreateDirectory(Path.Combine(plan.Home, "redis")).FullName);
        await redis.StartAsync(cancel);
        var town = new Town(plan, await TownPostgres.StartAsync(plan.Home, plan.Durability, cancel), redis);
        // The first one makes the tables; the others find them.
        await town.Webs[0].StartAsync(cancel);
        await Task.WhenAll(town.Webs.Skip(1).Concat(town.JobHosts).Select(node => node.StartAsync(cancel)));
        return town;
    }

    /// <summary>Runs <c>verify</c>, as an operator would.</summary>
    /// <returns>Null where the books balance; else what it says.</returns>
    public async Task<string?> FindingsAsync(CancellationToken cancel)
    {
        using var process = HostProcess.Start(
            "dotnet",
            [_programs.Web, "verify"],
            _settings,
            // It is waited for until it ends.
            readyWord: "\n"
        );
        return await process.EndAsync(cancel) == 0 ? null : process.LastWords;
    }

    /// <summary>Asks the primary for one value.</summary>
    public async Task<T> AskAsync<T>(string question, CancellationToken cancel)
    {
        await using var command = Primary.CreateCommand(question);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Runs statements on the primary that answer nothing.</summary>
    public async Task RunAsync(string statements, CancellationToken cancel)
    {
        await using var command = Primary.CreateCommand(statements);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Orders that are stored, whoever was told of them.</summary>
    public Task<long> OrdersAsync(CancellationToken cancel) =>
        AskAsync<long>("select count(*) from orders.\"order\"", cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Webs.Concat(JobHosts))
        {
            node.Dispose();
        }

        await _database.DisposeAsync();
        await Postgres.DisposeAsync();
        Redis.Dispose();
    }

    private TownNode Web(string name, string url) => TownNode.Web(name, url, _programs, _settings);

    private TownNode Jobs(string name) => TownNode.Jobs(name, _programs, _settings);
}
