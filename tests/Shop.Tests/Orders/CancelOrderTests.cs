using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

public sealed class CancelOrderTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var request = Saga.Request((pot, 2));
        var id = await _saga.PlacedAsync(request);
        await _saga.SettleAsync();

        var result = await _saga.CancelAsync(request, id);
        await _saga.SettleAsync();

        Assert.Equal(new OrderChangeResult.Changed(id), result);
        var order = await _saga.OrderAsync(id);
        Assert.Equal((OrderStatus.Cancelled, 3, null), (order.Status, order.Version, order.PaymentDueAt));
        Assert.Equal("Found it at home", order.Events[^1].Note);
        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
        Assert.Equal(5, await _saga.AvailableAsync(pot));
    }

    [Fact]
    public async Task An_order_cancelled_before_its_deduction_ends_without_stock_and_stays_cancelled()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var request = Saga.Request((pot, 2));
        var id = await _saga.PlacedAsync(request);

        await _saga.CancelAsync(request, id);
        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.Cancelled, (await _saga.OrderAsync(id)).Status);
        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
    }

    [Fact]
    public async Task A_message_delivered_twice_is_done_once()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var request = Saga.Request((pot, 2));
        var id = await _saga.PlacedAsync(request);
        await _saga.SettleAsync();
        await _saga.CancelAsync(request, id);
        await _saga.SettleAsync();

        await _saga.ForgetConfirmationsAsync<OrdersDb>();
        await _saga.ForgetConfirmationsAsync<InventoryDb>();
        await _saga.SettleAsync();

        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
        Assert.Equal(3, (await _saga.OrderAsync(id)).Version);
    }

    [Fact]
    public async Task Without_its_key_an_order_is_as_absent_as_one_that_never_was()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 2));
        var id = await _saga.PlacedAsync(request);

        var result = await _saga.CancelAsync(request with { CartSecret = "a stranger's" }, id);

        Assert.IsType<OrderChangeResult.NotFound>(result);
        Assert.Equal(OrderStatus.Pending, (await _saga.OrderAsync(id)).Status);
    }

    [Fact]
    public async Task A_repeated_cancellation_is_answered_like_the_first_and_changes_nothing()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 2));
        var id = await _saga.PlacedAsync(request);
        var key = Guid.CreateVersion7();

        var first = await _saga.CancelAsync(request, id, key);
        var again = await _saga.CancelAsync(request, id, key);
        var anew = await _saga.CancelAsync(request, id);

        Assert.Equal(first, again);
        Assert.Equal(new OrderChangeResult.NotAllowedNow(OrderStatus.Cancelled), anew);
        Assert.Equal(2, (await _saga.OrderAsync(id)).Version);
    }

    [Fact]
    public async Task A_key_that_placed_an_order_cannot_cancel_one()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 2));
        var id = await _saga.PlacedAsync(request);

        var result = await _saga.CancelAsync(request, id, request.IdempotencyKey);

        Assert.IsType<OrderChangeResult.KeyConflict>(result);
        Assert.Equal(OrderStatus.Pending, (await _saga.OrderAsync(id)).Status);
    }
}
