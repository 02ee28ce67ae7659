using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage;
using Shop.Data.Storage.Idempotency;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

public sealed class ForgetKeysTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task An_old_key_is_forgotten_and_may_be_used_for_another_cart()
    {
        var old = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        await _saga.PlacedAsync(old);
        shop.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, await RunAsync());
        var young = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        await _saga.PlacedAsync(young);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());

        Assert.IsType<PlaceOrderResult.KeyConflict>(await PlaceInOtherCartAsync(young));
        var placed = Assert.IsType<PlaceOrderResult.Accepted>(await PlaceInOtherCartAsync(old));
        Assert.False(placed.Replayed);
    }

    [Fact]
    public async Task A_cart_is_not_ordered_twice_however_late_its_order_comes_again()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        var order = await _saga.PlacedAsync(request);
        await ForgetAsync();
        var orders = await _saga.CountAsync("orders.\"order\"");

        var again = await PlaceAsync(request);
        var changed = await PlaceAsync(request with { Fingerprint = Fingerprint.Of("other input") });

        Assert.Equal(new PlaceOrderResult.Accepted(order, request.CartVersion, Replayed: true), again);
        Assert.IsType<PlaceOrderResult.CartOrdered>(changed);
        Assert.Equal(orders, await _saga.CountAsync("orders.\"order\""));
    }

    [Fact]
    public async Task What_cancelled_an_order_leaves_nothing_behind()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        var order = await _saga.PlacedAsync(request);
        var key = Guid.CreateVersion7();
        await _saga.CancelAsync(request, order, key);
        var keys = await _saga.CountAsync("orders.idempotency_key");

        await ForgetAsync();

        Assert.Equal(keys - 1, await _saga.CountAsync("orders.idempotency_key"));
        Assert.IsType<OrderChangeResult.NotAllowedNow>(await _saga.CancelAsync(request, order, key));
    }

    [Fact]
    public async Task Thousands_are_forgotten_batch_by_batch()
    {
        await ForgetAsync();
        await using var old = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"""
                insert into orders.idempotency_key (key, fingerprint, subject_id, created_at)
                select gen_random_uuid(), '', n, '2020-01-01' from generate_series(1, {ForgetIdempotencyKeys<OrdersDb>.BatchSize
                    + 1}) n
                """
            );
        await old.ExecuteNonQueryAsync();

        Assert.Equal(ForgetIdempotencyKeys<OrdersDb>.BatchSize, await RunAsync());
        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());
    }

    private Task<int> RunAsync() =>
        shop.Get<ForgetIdempotencyKeys<OrdersDb>>().RunAsync(CancellationToken.None);

    private async Task ForgetAsync()
    {
        shop.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        while (await RunAsync() > 0) { }
    }

    private Task<PlaceOrderResult> PlaceAsync(PlaceOrderRequest request) =>
        _saga.PlaceOrder.RunAsync(request, CancellationToken.None);

    private Task<PlaceOrderResult> PlaceInOtherCartAsync(PlaceOrderRequest used) =>
        PlaceAsync(
            used with
            {
                CartSecret = Guid.CreateVersion7().ToString(),
                Fingerprint = Fingerprint.Of("another cart"),
            }
        );
}
