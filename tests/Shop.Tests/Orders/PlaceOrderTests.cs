using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage.Idempotency;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

public sealed class PlaceOrderTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task A_placed_order_awaits_payment_once_its_stock_is_deducted()
    {
        var (pot, cup) = (await _saga.StockedAsync(units: 5), await _saga.StockedAsync(units: 9));

        var id = await _saga.PlacedAsync(Saga.Request((pot, 2), (cup, 3)));
        var placed = await _saga.OrderAsync(id);
        await _saga.SettleAsync();
        var settled = await _saga.OrderAsync(id);

        Assert.Equal((OrderStatus.Pending, 1, null), (placed.Status, placed.Version, placed.PaymentDueAt));
        Assert.Equal(OrderStatus.AwaitingPayment, settled.Status);
        Assert.Equal(shop.Clock.GetUtcNow().AddMinutes(30), settled.PaymentDueAt);
        Assert.Equal(1250, settled.SubtotalMinor);
        Assert.Equal([pot, cup], settled.Lines.Select(line => line.VariantId));
        Assert.Equal(
            [
                (null, OrderStatus.Pending, "customer"),
                (OrderStatus.Pending, OrderStatus.AwaitingPayment, "inventory"),
            ],
            settled.Events.Select(step => (step.FromStatus, step.ToStatus, step.Actor))
        );
        Assert.Equal((3, 6), (await _saga.AvailableAsync(pot), await _saga.AvailableAsync(cup)));
    }

    [Fact]
    public async Task An_order_for_more_than_the_stock_is_rejected_and_takes_nothing()
    {
        var (scarce, plenty) = (await _saga.StockedAsync(units: 5), await _saga.StockedAsync(units: 100));

        // Either line alone could be met.
        var id = await _saga.PlacedAsync(Saga.Request((scarce, 3), (plenty, 1), (scarce, 3)));
        await _saga.SettleAsync();

        var order = await _saga.OrderAsync(id);
        Assert.Equal(OrderStatus.Rejected, order.Status);
        Assert.Equal([new(scarce, Requested: 6, Available: 5)], order.Shortages);
        Assert.Equal((5, 100), (await _saga.AvailableAsync(scarce), await _saga.AvailableAsync(plenty)));
        Assert.Empty(await _saga.MovementsAsync(plenty));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_order_however_often_and_at_once()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _saga.PlaceOrder.RunAsync(request, CancellationToken.None))
        );

        var accepted = results.Cast<PlaceOrderResult.Accepted>().ToList();
        Assert.Single(accepted.Select(result => result.OrderId).Distinct());
        Assert.Single(accepted, result => !result.Replayed);
    }

    [Fact]
    public async Task The_same_key_with_another_input_is_a_conflict_and_places_nothing()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        await _saga.PlacedAsync(request);
        var orders = await _saga.CountAsync("orders.\"order\"");

        var result = await _saga.PlaceOrder.RunAsync(
            request with
            {
                Fingerprint = Fingerprint.Of("other input"),
            },
            CancellationToken.None
        );

        Assert.IsType<PlaceOrderResult.KeyConflict>(result);
        Assert.Equal(orders, await _saga.CountAsync("orders.\"order\""));
    }

    [Fact]
    public async Task One_state_of_a_cart_makes_one_order_even_with_a_new_key()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        var first = await _saga.PlacedAsync(request);

        var again = await _saga.PlaceOrder.RunAsync(
            request with
            {
                IdempotencyKey = Guid.CreateVersion7(),
            },
            CancellationToken.None
        );

        Assert.Equal(new PlaceOrderResult.Accepted(first, request.CartVersion, Replayed: true), again);
    }

    [Fact]
    public async Task One_state_of_a_cart_with_a_new_key_and_another_input_is_refused_as_ordered()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));
        await _saga.PlacedAsync(request);
        var orders = await _saga.CountAsync("orders.\"order\"");

        var again = await _saga.PlaceOrder.RunAsync(
            request with
            {
                IdempotencyKey = Guid.CreateVersion7(),
                Fingerprint = Fingerprint.Of("other input"),
            },
            CancellationToken.None
        );

        Assert.IsType<PlaceOrderResult.CartOrdered>(again);
        Assert.Equal(orders, await _saga.CountAsync("orders.\"order\""));
    }

    [Fact]
    public async Task A_replayed_placement_opens_with_the_same_access_key()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1));

        var order = await _saga.OrderAsync(await _saga.PlacedAsync(request));

        Assert.Equal(order.AccessKeyHash, AccessKey.Of(request.CartSecret, order.Id).Hash);
        Assert.NotEqual(order.AccessKeyHash, AccessKey.Of("another cart", order.Id).Hash);
    }
}
