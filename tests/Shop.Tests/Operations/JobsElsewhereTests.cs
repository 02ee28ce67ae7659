using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>Jobs of a job host, a real process, as operators see them from a web host that runs none.</summary>
public sealed class JobsElsewhereTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Before_the_first_job_host_has_come_there_are_only_the_deliveries_to_show()
    {
        using var web = Web();

        var jobs = (
            await new Operator(web.Services).SeeAsync("jobs { name schedules { state } }")
        ).GetProperty("jobs");

        Assert.Equal(
            """
            [{"name":"deliver-messages-of-catalog","schedules":[]},{"name":"deliver-messages-of-inventory","schedules":[]},{"name":"deliver-messages-of-orders","schedules":[]},{"name":"deliver-messages-of-payments","schedules":[]},{"name":"deliver-messages-of-pricing","schedules":[]}]
            """,
            jobs.ToString()
        );
        Assert.Equal(["NOT_FOUND"], await new Operator(web.Services).TriggerAsync("forget-keys-of-orders"));
    }

    [Fact]
    public async Task What_a_job_host_runs_is_shown_and_asked_for_from_a_web_host()
    {
        using var web = Web();
        var admin = new Operator(web.Services);
        using var jobs = TownNode.Jobs(
            "jobs",
            Programs.BuiltWithUs,
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Shop"] = shop.Postgres,
                ["ConnectionStrings__Redis"] = shop.Redis,
            }
        );
        await jobs.StartAsync(CancellationToken.None);
        // As it starts, everything is due.
        var first = await admin.RunAsync("forget-keys-of-orders", run => true);
        Assert.Equal("SUCCEEDED", first.GetProperty("outcome").GetString());
        Assert.NotEqual(
            (await admin.SeeAsync("node")).GetProperty("node").GetString(),
            first.GetProperty("node").GetString()
        );
        Assert.Equal(
            "01:00:00",
            (await admin.JobAsync("forget-keys-of-orders"))
                .GetProperty("schedules")[0]
                .GetProperty("every")
                .GetString()
        );

        Assert.Empty(await admin.TriggerAsync("forget-keys-of-orders"));
        await admin.RunAsync(
            "forget-keys-of-orders",
            run =>
                run.GetProperty("startedAt").GetDateTimeOffset()
                > first.GetProperty("startedAt").GetDateTimeOffset()
        );

        // Looking at it makes nobody a member of the cluster.
        await Eventually.TrueAsync(shop, "select count(*) = 1 from quartz.qrtz_scheduler_state");
    }

    // With the time of the world, which the job host has as well.
    private IHost Web() =>
        ShopHost.Build(
            shop.Postgres,
            shop.Redis,
            new FakeTimeProvider(TimeProvider.System.GetUtcNow()),
            ("Jobs:InProcess", "false")
        );
}
