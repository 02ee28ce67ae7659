using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Jobs;

/// <summary>Job hosts as real processes, that share one schedule.</summary>
public sealed class JobClusterTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string CancelsUnpaid = "job_name = 'cancel-unpaid-orders'";

    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task What_a_killed_job_host_leaves_another_one_does()
    {
        using var first = await StartAsync("first");
        using var second = await StartAsync("second");
        await Eventually.TrueAsync(shop, "select count(*) = 2 from quartz.qrtz_scheduler_state");

        var before = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await SettledAsync(before, OrderStatus.AwaitingPayment);
        await first.KillAsync();
        var after = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await SettledAsync(after, OrderStatus.AwaitingPayment);
        await Eventually.TrueAsync(shop, "select count(*) = 1 from quartz.qrtz_scheduler_state");
        await ExecuteAsync("update orders.\"order\" set payment_due_at = '2020-01-01'");

        await SettledAsync(before, OrderStatus.Cancelled);
        await SettledAsync(after, OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_job_is_at_work_on_one_host_of_all_and_begins_anew_on_another_when_that_one_is_killed()
    {
        var order = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await _saga.SettleAsync();
        await ExecuteAsync("update orders.\"order\" set payment_due_at = '2020-01-01'");
        // The job waits at this lock, in the middle of its work.
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var holdUp = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table orders.\"order\" in access exclusive mode";
            await command.ExecuteNonQueryAsync();
        }

        using var first = await StartAsync("first");
        await Eventually.TrueAsync(shop, IsAtWork("true"));
        var worker = await AskAsync(
            $"select max(instance_name) from quartz.qrtz_fired_triggers where {CancelsUnpaid}"
        );
        using var second = await StartAsync("second");
        await Eventually.TrueAsync(shop, $"select count(*) = 2 from quartz.qrtz_scheduler_state");
        // Neither begins it once more: while it is at work, it is not on the list of what is due.
        Assert.Equal(
            "BLOCKED",
            await AskAsync($"select max(trigger_state) from quartz.qrtz_triggers where {CancelsUnpaid}")
        );

        await first.KillAsync();
        await Eventually.TrueAsync(shop, IsAtWork($"instance_name <> '{worker}'"));
        await holdUp.CommitAsync();
        await SettledAsync(order, OrderStatus.Cancelled);
    }

    private static string IsAtWork(string where) =>
        $"""
            select count(*) = 1 and bool_and({where}) from quartz.qrtz_fired_triggers
            where {CancelsUnpaid} and state = 'EXECUTING'
            """;

    private async Task<TownNode> StartAsync(string name)
    {
        var host = TownNode.Jobs(
            name,
            Programs.BuiltWithUs,
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Shop"] = shop.Postgres,
                ["ConnectionStrings__Redis"] = shop.Redis,
            }
        );
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    private Task SettledAsync(OrderId order, OrderStatus status) =>
        Eventually.TrueAsync(
            shop,
            $"select status = {(short)status} from orders.\"order\" where id = {order.Value}"
        );

    private async Task<string> AskAsync(string question)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
