using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage.PubSub;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Orders;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>What a customer is told of all their orders, at a node that takes none of the steps itself.</summary>
public sealed class ViewerOrdersTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly Saga _saga = new(shop);
    private readonly CustomerId _ada = shop.Get<NewId>().Next<CustomerId>();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
    private readonly IHost _node = ShopHost.Build(shop.Postgres, shop.Redis, shop.Clock);
    private AsyncServiceScope _scope;

    [Fact]
    public async Task Open_orders_come_first_and_then_each_step_of_any_placements_included()
    {
        var cancelled = await PlacedAsync();
        await CancelAsync(cancelled);
        var waiting = await PlacedAsync();
        await _saga.SettleAsync();
        await using var steps = Watch();

        Assert.Equal((waiting.Order, OrderStatus.AwaitingPayment, 2), await NextAsync(steps));
        var anew = await PlacedAsync();
        Assert.Equal((anew.Order, OrderStatus.Pending, 1), await NextAsync(steps));
        await PlacedAsync(shop.Get<NewId>().Next<CustomerId>());
        await PlacedAsync(customer: null);
        await _saga.SettleAsync();
        Assert.Equal((anew.Order, OrderStatus.AwaitingPayment, 2), await NextAsync(steps));
        await CancelAsync(waiting);
        Assert.Equal((waiting.Order, OrderStatus.Cancelled, 3), await NextAsync(steps));
        await CancelUnpaidAsync();
        Assert.Equal((anew.Order, OrderStatus.Cancelled, 3), await NextAsync(steps));
    }

    [Fact]
    public async Task What_happens_while_Redis_is_away_is_told_once_when_it_is_back()
    {
        var before = await PlacedAsync();
        await using var steps = Watch();
        Assert.Equal((before.Order, OrderStatus.Pending, 1), await NextAsync(steps));

        await shop.RedisServer.StopAsync();
        var meanwhile = await PlacedAsync();
        await _saga.SettleAsync();
        await shop.RedisServer.StartAsync();

        var told = new[] { await NextAsync(steps), await NextAsync(steps), await NextAsync(steps) };
        Assert.Equal(
            [
                (before.Order, OrderStatus.AwaitingPayment, 2),
                (meanwhile.Order, OrderStatus.Pending, 1),
                (meanwhile.Order, OrderStatus.AwaitingPayment, 2),
            ],
            told.OrderBy(step => step.Order.Value).ThenBy(step => step.Version)
        );
        await CancelAsync(before);
        Assert.Equal((before.Order, OrderStatus.Cancelled, 3), await NextAsync(steps));
        await CancelAsync(meanwhile);
        Assert.Equal((meanwhile.Order, OrderStatus.Cancelled, 3), await NextAsync(steps));
    }

    [Fact]
    public async Task A_step_that_nobody_announced_is_told_before_the_next_one_and_none_twice()
    {
        var placed = await PlacedAsync();
        await using var steps = Watch();
        await NextAsync(steps);
        await _saga.SettleAsync();
        await NextAsync(steps);
        // Nobody hears of it.
        await _saga.PayAsync(placed.Order);

        await ShipAsync(placed.Order);
        Assert.Equal((placed.Order, OrderStatus.Paid, 3), await NextAsync(steps));
        Assert.Equal((placed.Order, OrderStatus.Shipped, 4), await NextAsync(steps));

        await shop.Get<OrderAnnouncements>()
            .PublishAsync([
                new(placed.Order, OrderStatus.Paid, OrderStatus.Shipped, 4, shop.Clock.GetUtcNow())
                {
                    Customer = _ada,
                },
            ]);
        var next = await PlacedAsync();
        Assert.Equal((next.Order, OrderStatus.Pending, 1), await NextAsync(steps));
    }

    [Fact]
    public async Task An_order_that_is_claimed_on_another_device_is_told_from_its_beginning()
    {
        var guests = await PlacedAsync(customer: null);
        await _saga.SettleAsync();
        var own = await PlacedAsync();
        await using var steps = Watch();
        Assert.Equal((own.Order, OrderStatus.Pending, 1), await NextAsync(steps));

        await shop.Get<ClaimOrder>()
            .RunAsync(
                guests.Order,
                null,
                AccessKey.Of(guests.Request.CartSecret, guests.Order),
                _ada,
                _patience.Token
            );

        Assert.Equal((guests.Order, OrderStatus.Pending, 1), await NextAsync(steps));
        Assert.Equal((guests.Order, OrderStatus.AwaitingPayment, 2), await NextAsync(steps));
    }

    [Fact]
    public async Task Guests_steps_are_not_told_to_customers_at_all()
    {
        // What other tests left open is told before this one listens.
        await _saga.SettleAsync();
        var heard = shop.Get<Signals>()
            .ListenAsync(OrderAnnouncements.CustomerChannel, _patience.Token)
            .GetAsyncEnumerator();
        await heard.MoveNextAsync();

        await PlacedAsync(customer: null);
        await _saga.SettleAsync();
        var own = await PlacedAsync();

        Assert.True(await heard.MoveNextAsync());
        Assert.Matches($"^{_ada.Value} 1 0  [0-9]+ {own.Order.Value}\n$", heard.Current.ToString());
    }

    public ValueTask InitializeAsync()
    {
        _scope = _node.Services.CreateAsyncScope();
        _scope.ServiceProvider.GetRequiredService<Asker>().Be(Askers.Customer(_ada), Audience.Shoppers);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await ((IAsyncDisposable)_node).DisposeAsync();
        _patience.Dispose();
    }

    private IAsyncEnumerator<OrderStatusChange> Watch() =>
        _scope
            .ServiceProvider.GetRequiredService<OrderSubscriptions>()
            .ViewerOrdersChanged(_patience.Token)
            .GetAsyncEnumerator();

    private static async Task<(OrderId Order, OrderStatus To, int Version)> NextAsync(
        IAsyncEnumerator<OrderStatusChange> steps
    )
    {
        Assert.True(await steps.MoveNextAsync());
        return Told(steps.Current);
    }

    private static (OrderId Order, OrderStatus To, int Version) Told(OrderStatusChange step) =>
        (step.OrderId, step.To, step.Version);

    private Task<(PlaceOrderRequest Request, OrderId Order)> PlacedAsync() => PlacedAsync(_ada);

    private async Task<(PlaceOrderRequest Request, OrderId Order)> PlacedAsync(CustomerId? customer)
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1)) with { Customer = customer };
        return (request, await _saga.PlacedAsync(request));
    }

    private async Task CancelAsync((PlaceOrderRequest Request, OrderId Order) placed) =>
        Assert.IsType<OrderChangeResult.Changed>(await _saga.CancelAsync(placed.Request, placed.Order));

    private async Task CancelUnpaidAsync()
    {
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await shop.Get<CancelUnpaidOrders>().RunAsync(_patience.Token) > 0);
    }

    private async Task ShipAsync(OrderId order) =>
        Assert.IsType<OrderChangeResult.Changed>(
            await shop.Get<FulfilOrder>()
                .RunAsync(
                    new(
                        Guid.CreateVersion7(),
                        order,
                        new Fulfilment.Shipped("DHL", null),
                        IfVersion: null,
                        Actor: new(7)
                    ),
                    _patience.Token
                )
        );
}
