using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Orders;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>What a subscriber is told of an order, whenever they come and whatever was lost on the way.</summary>
public sealed class OrderSubscriptionTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly Saga _saga = new(shop);
    private readonly AsyncServiceScope _scope = shop.Scope();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    [Fact]
    public async Task The_first_event_is_the_state_now_and_each_step_follows_as_it_is_taken()
    {
        var (request, order) = await PlacedAsync();
        await using var steps = Watch(request, order);

        Assert.Equal((OrderStatus.Pending, 1), await NextAsync(steps));
        await _saga.SettleAsync();
        Assert.Equal((OrderStatus.AwaitingPayment, 2), await NextAsync(steps));
        await _saga.CancelAsync(request, order);
        Assert.Equal((OrderStatus.Cancelled, 3), await NextAsync(steps));
    }

    [Fact]
    public async Task Whoever_comes_back_with_a_version_is_told_what_they_missed_and_nothing_twice()
    {
        var (request, order) = await PlacedAsync();
        await _saga.SettleAsync();
        await using var missed = Watch(request, order, fromVersion: 1);
        await using var current = Watch(request, order, fromVersion: 2);

        Assert.Equal((OrderStatus.AwaitingPayment, 2), await NextAsync(missed));
        await _saga.CancelAsync(request, order);
        Assert.Equal((OrderStatus.Cancelled, 3), await NextAsync(missed));
        Assert.Equal((OrderStatus.Cancelled, 3), await NextAsync(current));
    }

    [Fact]
    public async Task A_step_that_nobody_announced_is_told_before_the_next_one()
    {
        var (request, order) = await PlacedAsync();
        await using var steps = Watch(request, order);
        await NextAsync(steps);
        await _saga.SettleAsync();
        await NextAsync(steps);

        // Only the last of two steps is announced, as when a worker dies after its commit.
        var step = new OrderStatusChanged(
            order,
            OrderStatus.Paid,
            OrderStatus.Shipped,
            4,
            shop.Clock.GetUtcNow()
        );
        await TakeSilentlyAsync(order, OrderStatus.AwaitingPayment, OrderStatus.Paid, version: 3);
        await TakeSilentlyAsync(order, OrderStatus.Paid, OrderStatus.Shipped, version: 4);
        await shop.Get<OrderAnnouncements>().PublishAsync([step]);

        Assert.Equal((OrderStatus.Paid, 3), await NextAsync(steps));
        Assert.Equal((OrderStatus.Shipped, 4), await NextAsync(steps));
    }

    [Fact]
    public async Task A_redelivered_message_announces_again_what_a_dead_worker_may_not_have_told()
    {
        var (_, order) = await PlacedAsync();
        await _saga.SettleAsync();
        var heard = shop.Get<Shop.Data.Storage.PubSub.Signals>()
            .ListenAsync(OrderAnnouncements.Channel, order.Value, TimeSpan.Zero, _patience.Token)
            .GetAsyncEnumerator();
        await heard.MoveNextAsync();

        await _saga.ForgetConfirmationsAsync<InventoryDb>();
        await _saga.SettleAsync();

        Assert.True(await heard.MoveNextAsync());
        var step = OrderAnnouncements.Read(order, heard.Current);
        Assert.Equal((OrderStatus.AwaitingPayment, 2), (step.To, step.Version));
    }

    [Fact]
    public async Task A_stranger_is_told_nothing()
    {
        var (request, order) = await PlacedAsync();
        await using var steps = Watch(request with { CartSecret = "a stranger's" }, order);

        var refusal = await Assert.ThrowsAsync<ExecutionError>(() => NextAsync(steps));

        Assert.Equal("NOT_FOUND", refusal.Code);
    }

    [Theory]
    [InlineData(4711, false, true)]
    [InlineData(7, true, true)]
    [InlineData(7, false, false)]
    public async Task Its_customer_and_staff_watch_an_order_without_its_key_and_nobody_else_does(
        long asker,
        bool isStaff,
        bool isTold
    )
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1)) with { Customer = new(4711) };
        var order = await _saga.PlacedAsync(request);
        _scope
            .ServiceProvider.GetRequiredService<Asker>()
            .Be(Askers.Customer(new(asker), isStaff ? [StaffRole.Orders] : []), Audience.Staff);
        await using var steps = _scope
            .ServiceProvider.GetRequiredService<OrderSubscriptions>()
            .OrderStatusChanged(order, accessKey: null, fromVersion: null, _patience.Token)
            .GetAsyncEnumerator();

        if (isTold)
        {
            Assert.Equal((OrderStatus.Pending, 1), await NextAsync(steps));
            await _saga.SettleAsync();
            Assert.Equal((OrderStatus.AwaitingPayment, 2), await NextAsync(steps));
        }
        else
        {
            Assert.Equal(
                "NOT_FOUND",
                (await Assert.ThrowsAsync<ExecutionError>(() => NextAsync(steps))).Code
            );
        }
    }

    public void Dispose()
    {
        _patience.Dispose();
        _scope.Dispose();
    }

    private async Task<(PlaceOrderRequest Request, OrderId Order)> PlacedAsync()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        return (request, await _saga.PlacedAsync(request));
    }

    private IAsyncEnumerator<OrderStatusChange> Watch(
        PlaceOrderRequest request,
        OrderId order,
        int? fromVersion = null
    ) =>
        _scope
            .ServiceProvider.GetRequiredService<OrderSubscriptions>()
            .OrderStatusChanged(
                order,
                AccessKey.Of(request.CartSecret, order).Text,
                fromVersion,
                _patience.Token
            )
            .GetAsyncEnumerator();

    private static async Task<(OrderStatus To, int Version)> NextAsync(
        IAsyncEnumerator<OrderStatusChange> steps
    )
    {
        Assert.True(await steps.MoveNextAsync());
        return (steps.Current.To, steps.Current.Version);
    }

    private async Task TakeSilentlyAsync(OrderId order, OrderStatus from, OrderStatus to, int version)
    {
        await using var command = shop.Get<Shop.Data.Storage.Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"""
                insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor)
                values ({order.Value}, {version}, now(), {(short)from}, {(short)to}, 'test')
                """
            );
        await command.ExecuteNonQueryAsync();
    }
}
