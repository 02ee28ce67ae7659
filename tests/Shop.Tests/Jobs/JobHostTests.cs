using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Jobs;

public sealed class JobHostTests(EmbeddedRedisFixture redis) : IClassFixture<EmbeddedRedisFixture>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("Orders__PaymentTerm", "soon", "'soon' at 'Orders:PaymentTerm'")]
    [InlineData("Orders__IntakeBatch", "0", "Orders:IntakeBatch will not do.")]
    public async Task A_setting_that_cannot_be_read_is_named_in_a_line(string name, string value, string told)
    {
        using var host = HostProcess.Start(
            "dotnet",
            [Programs.BuiltWithUs.Jobs],
            new Dictionary<string, string> { [name] = value },
            readyWord: "Application started"
        );

        Assert.Equal(1, await host.EndAsync(CancellationToken.None));
        Assert.Contains(told, Assert.Single(host.LastWords.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_tables_that_another_process_migrates_and_then_tells_that_it_lives()
    {
        using var patience = new CancellationTokenSource(_patience);
        var server = await PostgresServer.StartedAsync();
        var life = Path.Combine(RunFolder.Make("life"), "alive");
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Shop"] = await server.CreateEmptyDatabaseAsync(),
            ["ConnectionStrings__Redis"] = redis.Server.ConnectionString,
            ["Operations__Port"] = "0",
            ["Storage__MigrateAtStart"] = "false",
            ["Jobs__LifeFile"] = life,
        };

        using var jobs = HostProcess.Start(
            "dotnet",
            [Programs.BuiltWithUs.Jobs],
            settings,
            readyWord: "the host waits until they have been migrated"
        );
        await jobs.ReadyAsync(patience.Token);
        Assert.False(File.Exists(life));

        using var migration = HostProcess.Start(
            "dotnet",
            [Programs.BuiltWithUs.Web, "migrate"],
            settings,
            readyWord: "Tables"
        );
        Assert.Equal(0, await migration.EndAsync(patience.Token));
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(life)));
    }
}
