using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

public sealed class CancelUnpaidOrdersTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly TimeSpan _termAndGrace = TimeSpan.FromMinutes(33);

    private readonly Saga _saga = new(shop);
    private readonly CancelUnpaidOrders _cancelUnpaidOrders = shop.Get<CancelUnpaidOrders>();

    [Fact]
    public async Task An_order_unpaid_when_its_time_is_over_is_cancelled_and_gives_its_stock_back()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 2)));
        await _saga.SettleAsync();

        shop.Clock.Advance(_termAndGrace - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await RunAsync());
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
        await _saga.SettleAsync();

        var cancelled = await _saga.OrderAsync(order);
        Assert.Equal((OrderStatus.Cancelled, 3), (cancelled.Status, cancelled.Version));
        Assert.Equal("clock", cancelled.Events[^1].Actor);
        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
    }

    [Fact]
    public async Task Hundreds_are_cancelled_in_three_statements()
    {
        var pot = await _saga.StockedAsync(units: 300);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => _saga.PlacedAsync(Saga.Request((pot, 1)))));
        await _saga.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));

        using var count = SqlCount.Start();
        var cancelled = await RunAsync();

        Assert.Equal(300, cancelled);
        Assert.Single(count.Statements, sql => sql.Contains("skip locked", StringComparison.Ordinal));
        Assert.Single(count.Statements, sql => sql.Contains("with step as", StringComparison.Ordinal));
        // Those two, the one that finds what is due, and the bell; the transaction around two.
        Assert.Equal(4, count.Statements.Count(sql => sql is not ("BEGIN" or "COMMIT")));
        await _saga.SettleAsync();
        Assert.Equal(300, await _saga.AvailableAsync(pot));
    }

    [Fact]
    public async Task An_order_that_is_being_paid_at_that_moment_is_left_alone()
    {
        var order = await _saga.PlacedAsync(Saga.Request((await _saga.StockedAsync(units: 5), 2)));
        await _saga.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var paying = await connection.BeginTransactionAsync();
        await using (var pay = connection.CreateCommand())
        {
            pay.CommandText =
                $"update orders.\"order\" set status = {(short)OrderStatus.Paid}, version = 3 where id = {order.Value}";
            await pay.ExecuteNonQueryAsync();
        }

        Assert.Equal(0, await RunAsync());
        await paying.CommitAsync();
        Assert.Equal(0, await RunAsync());

        Assert.Equal(OrderStatus.Paid, (await _saga.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task One_that_cannot_be_called_off_holds_up_no_other()
    {
        var pot = await _saga.StockedAsync(units: 100);
        var orders = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _saga.PlacedAsync(Saga.Request((pot, 1))))
        );
        await _saga.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        // Its story has the step already that it is about to take.
        var guilty = orders[7];
        await using var cook = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"update orders.order_event set sequence = 3 where order_id = {guilty.Value} and sequence = 2"
            );
        await cook.ExecuteNonQueryAsync();

        Assert.Equal(19, await RunAsync());
        Assert.Equal(0, await RunAsync());

        await _saga.SettleAsync();
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(guilty)).Status);
        Assert.Equal(99, await _saga.AvailableAsync(pot));
    }

    private Task<int> RunAsync() => _cancelUnpaidOrders.RunAsync(CancellationToken.None);
}
