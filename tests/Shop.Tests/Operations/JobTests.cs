using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>Jobs of a shop that is one process, as its operators see them.</summary>
public sealed class JobTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private readonly Operator _operator = new(shop.Services);

    [Fact]
    public async Task Every_job_is_shown_with_when_it_runs()
    {
        var jobs = (
            await _operator.SeeAsync("jobs { name trigger schedules { every nextFireAt } }")
        ).GetProperty("jobs");

        Assert.Equal(
            [
                "cancel-unpaid-orders CLOCK 00:00:10",
                "check-payments MESSAGE 00:00:02",
                "count-popularity CLOCK 01:00:00",
                "deliver-messages-of-catalog MESSAGE 00:00:00.5000000",
                "deliver-messages-of-inventory MESSAGE 00:00:00.5000000",
                "deliver-messages-of-orders MESSAGE 00:00:00.5000000",
                "deliver-messages-of-payments MESSAGE 00:00:00.5000000",
                "deliver-messages-of-pricing MESSAGE 00:00:00.5000000",
                "feed-elastic MESSAGE 00:00:01",
                "fill-search-index CLOCK 00:01:00",
                "forget-imports CLOCK 01:00:00",
                "forget-keys-of-catalog CLOCK 01:00:00",
                "forget-keys-of-inventory CLOCK 01:00:00",
                "forget-keys-of-orders CLOCK 01:00:00",
                "forget-keys-of-payments CLOCK 01:00:00",
                "forget-keys-of-pricing CLOCK 01:00:00",
                "forget-keys-of-shipping CLOCK 01:00:00",
                "forget-notices CLOCK 01:00:00",
                "forget-prices CLOCK 01:00:00",
                "forget-sessions CLOCK 01:00:00",
                "import-catalog MESSAGE 00:00:01",
                "make-codes MESSAGE 00:00:01",
                "rebuild-index MESSAGE 00:00:01",
                "reconcile-channels CLOCK 01:00:00",
                "remove-done-messages-of-catalog CLOCK 01:00:00",
                "remove-done-messages-of-inventory CLOCK 01:00:00",
                "remove-done-messages-of-orders CLOCK 01:00:00",
                "remove-done-messages-of-payments CLOCK 01:00:00",
                "remove-done-messages-of-pricing CLOCK 01:00:00",
                "send-refunds MESSAGE 00:00:02",
                "tell-taxes MESSAGE 00:00:02",
                "warn-of-keys CLOCK 1.00:00:00",
                "watch-index-age MESSAGE 00:00:01",
            ],
            jobs.EnumerateArray()
                .Select(job =>
                    $"{job.GetProperty("name")} {job.GetProperty("trigger")} {job.GetProperty("schedules")[0].GetProperty("every")}"
                )
        );
    }

    [Fact]
    public async Task A_job_that_is_asked_to_runs_now_and_its_run_is_shown()
    {
        var asked = TimeProvider.System.GetUtcNow().AddSeconds(-1);

        Assert.Empty(await _operator.TriggerAsync("remove-done-messages-of-orders"));

        var run = await _operator.RunAsync(
            "remove-done-messages-of-orders",
            run => run.GetProperty("startedAt").GetDateTimeOffset() >= asked
        );
        Assert.Equal("SUCCEEDED", run.GetProperty("outcome").GetString());
        Assert.True(
            run.GetProperty("finishedAt").GetDateTimeOffset()
                >= run.GetProperty("startedAt").GetDateTimeOffset()
        );
        Assert.Equal(
            (await _operator.SeeAsync("node")).GetProperty("node").GetString(),
            run.GetProperty("node").GetString()
        );
    }

    [Fact]
    public async Task A_run_that_fails_is_shown_with_its_error_and_the_next_one_may_succeed()
    {
        await ExecuteAsync("alter table orders.idempotency_key rename to lost");
        await _operator.TriggerAsync("forget-keys-of-orders");

        var failed = await _operator.RunAsync(
            "forget-keys-of-orders",
            run => run.GetProperty("outcome").GetString() == "FAILED"
        );
        Assert.Contains(
            "orders.idempotency_key",
            failed.GetProperty("error").GetString()!,
            StringComparison.Ordinal
        );

        await ExecuteAsync("alter table orders.lost rename to idempotency_key");
        await _operator.TriggerAsync("forget-keys-of-orders");
        await _operator.RunAsync(
            "forget-keys-of-orders",
            run =>
                run.GetProperty("outcome").GetString() == "SUCCEEDED"
                && run.GetProperty("startedAt").GetDateTimeOffset()
                    > failed.GetProperty("startedAt").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task Of_deliveries_only_those_that_failed_are_shown()
    {
        Assert.Empty(
            (await _operator.JobAsync("deliver-messages-of-inventory")).GetProperty("runs").EnumerateArray()
        );

        await ExecuteAsync("alter table inventory.local_message rename to lost");
        var failed = await _operator.RunAsync("deliver-messages-of-inventory", run => true);
        await ExecuteAsync("alter table inventory.lost rename to local_message");

        Assert.Equal("FAILED", failed.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("no-such-job")]
    // Messages wake it; there is nothing to ask for.
    [InlineData("deliver-messages-of-orders")]
    public async Task Only_what_runs_by_the_clock_can_be_asked_to(string job) =>
        Assert.Equal(["NOT_FOUND"], await _operator.TriggerAsync(job));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
