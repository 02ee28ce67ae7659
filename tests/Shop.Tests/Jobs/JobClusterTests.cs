using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Jobs;

/// <summary>Job hosts as real processes, that share one schedule.</summary>
public sealed class JobClusterTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task What_a_killed_job_host_leaves_another_one_does()
    {
        using var first = JobHost.Start(shop);
        using var second = JobHost.Start(shop);
        await UntilAsync("select count(*) = 2 from quartz.qrtz_scheduler_state");

        var before = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await UntilSettledAsync(before, OrderStatus.AwaitingPayment);
        await first.KillAsync();
        var after = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await UntilSettledAsync(after, OrderStatus.AwaitingPayment);
        await UntilAsync("select count(*) = 1 from quartz.qrtz_scheduler_state");
        await ExecuteAsync("update orders.\"order\" set payment_due_at = '2020-01-01'");

        await UntilSettledAsync(before, OrderStatus.Cancelled);
        await UntilSettledAsync(after, OrderStatus.Cancelled);
    }

    private Task UntilSettledAsync(Shop.Data.Kernel.OrderId order, OrderStatus status) =>
        UntilAsync($"select status = {(short)status} from orders.\"order\" where id = {order.Value}");

    private async Task UntilAsync(string question)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            try
            {
                await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(question);
                if (await command.ExecuteScalarAsync(patience.Token) is true)
                {
                    return;
                }
            }
            catch (Npgsql.PostgresException notYet)
                when (notYet.SqlState == Npgsql.PostgresErrorCodes.UndefinedTable)
            {
                // The first host has not made its tables yet.
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
