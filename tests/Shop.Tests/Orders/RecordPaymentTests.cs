using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Payments.Messages;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>What Orders makes of what Payments tells: nothing else makes an order PAID that costs something.</summary>
public sealed class RecordPaymentTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);
    private readonly RecordPayment _record = shop.Get<RecordPayment>();

    [Fact]
    public async Task An_order_is_paid_once_however_often_it_is_told()
    {
        var (_, order) = await AwaitingAsync();
        var told = Told(new OrderPaid(order, new(7), 500));

        await _record.RunAsync(told, CancellationToken.None);
        await _record.RunAsync(told, CancellationToken.None);

        var paid = await _saga.OrderAsync(order);
        Assert.Equal((OrderStatus.Paid, 3), (paid.Status, paid.Version));
        Assert.Equal("payments", paid.Events[^1].Actor);
    }

    [Fact]
    public async Task An_order_that_costs_nothing_is_paid_as_soon_as_its_stock_is_deducted()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var request = Saga.Request((pot, 1));
        var order = await _saga.PlacedAsync(request with { Cost = Saga.Costs(new Money(0, "GBP")) });

        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.Paid, (await _saga.OrderAsync(order)).Status);
    }

    [Fact]
    public async Task Money_for_an_order_that_was_called_off_is_asked_back()
    {
        var (request, order) = await AwaitingAsync();
        await _saga.CancelAsync(request, order);

        await _record.RunAsync(Told(new OrderPaid(order, new(7), 500)), CancellationToken.None);

        Assert.Equal(OrderStatus.Cancelled, (await _saga.OrderAsync(order)).Status);
        Assert.Equal(
            1,
            await _saga.CountAsync(
                $"orders.local_message where topic = 'payments.refund' and key = {order.Value}"
            )
        );
    }

    [Fact]
    public async Task An_order_whose_money_is_held_waits_as_long_and_says_so()
    {
        var (_, order) = await AwaitingAsync();
        var until = shop.Clock.GetUtcNow().AddDays(7);

        await _record.RunAsync(Told(new DueMoved(order, until, 500, "GBP")), CancellationToken.None);
        var held = await _saga.OrderAsync(order);
        await _record.RunAsync(
            Told(new DueMoved(order, until.AddDays(-6), 0, "GBP")),
            CancellationToken.None
        );
        var freed = await _saga.OrderAsync(order);

        Assert.Equal((OrderStatus.AwaitingPayment, until), (held.Status, held.PaymentDueAt));
        Assert.Equal("5.00 GBP are held until they are taken", held.Events[^1].Note);
        Assert.Equal((OrderStatus.AwaitingPayment, until.AddDays(-6)), (freed.Status, freed.PaymentDueAt));
        Assert.Equal("its money is held no more", freed.Events[^1].Note);
    }

    [Fact]
    public async Task Money_that_is_held_for_an_order_which_was_called_off_is_let_go()
    {
        var (request, order) = await AwaitingAsync();
        await _saga.CancelAsync(request, order);

        await _record.RunAsync(
            Told(new DueMoved(order, shop.Clock.GetUtcNow().AddDays(7), 500, "GBP")),
            CancellationToken.None
        );

        var called = await _saga.OrderAsync(order);
        Assert.Equal((OrderStatus.Cancelled, null), (called.Status, called.PaymentDueAt));
        // One of them is the cancellation's own.
        Assert.Equal(
            2,
            await _saga.CountAsync(
                $"orders.local_message where topic = 'payments.close_due' and key = {order.Value}"
            )
        );
    }

    [Fact]
    public async Task A_cancellation_closes_what_is_due()
    {
        var (request, order) = await AwaitingAsync();

        await _saga.CancelAsync(request, order);

        Assert.Equal(
            1,
            await _saga.CountAsync(
                $"orders.local_message where topic = 'payments.close_due' and key = {order.Value}"
            )
        );
    }

    [Fact]
    public async Task A_dispute_is_a_line_in_the_story_and_changes_nothing_else()
    {
        var (_, order) = await PaidAsync();

        await _record.RunAsync(
            Told(new PaymentDisputed(order, new(7), "charge.dispute.created: fraudulent")),
            CancellationToken.None
        );

        var disputed = await _saga.OrderAsync(order);
        Assert.Equal(
            (OrderStatus.Paid, "charge.dispute.created: fraudulent"),
            (disputed.Status, disputed.Events[^1].Note)
        );
    }

    [Fact]
    public async Task A_paid_order_whose_money_is_all_back_is_refunded_and_its_stock_can_be_sold()
    {
        var (pot, order) = await PaidAsync();

        await RefundAsync(order, inAll: false, goodsBack: false);
        var inPart = await _saga.OrderAsync(order);
        Assert.Equal((OrderStatus.Paid, "3.00 GBP went back"), (inPart.Status, inPart.Events[^1].Note));
        await RefundAsync(order, inAll: true, goodsBack: false);
        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.Refunded, (await _saga.OrderAsync(order)).Status);
        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
    }

    [Theory]
    [InlineData(false, OrderStatus.Shipped)]
    [InlineData(true, OrderStatus.Refunded)]
    public async Task A_shipped_one_is_refunded_only_when_its_goods_are_back(
        bool goodsBack,
        OrderStatus status
    )
    {
        var (_, order) = await PaidAsync();
        await shop.Get<FulfilOrder>()
            .RunAsync(
                new(
                    Guid.CreateVersion7(),
                    order,
                    new Fulfilment.Shipped(null, null),
                    IfVersion: null,
                    shop.Get<NewId>().Next<CustomerId>()
                ),
                CancellationToken.None
            );

        await RefundAsync(order, inAll: true, goodsBack);

        Assert.Equal(status, (await _saga.OrderAsync(order)).Status);
    }

    private async Task<(Shop.Data.Orders.Placing.PlaceOrderRequest Request, OrderId Order)> AwaitingAsync()
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 2));
        var order = await _saga.PlacedAsync(request);
        await _saga.SettleAsync();
        return (request, order);
    }

    private async Task<(VariantId Pot, OrderId Order)> PaidAsync()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 2)));
        await _saga.SettleAsync();
        await _record.RunAsync(Told(new OrderPaid(order, new(7), 500)), CancellationToken.None);
        return (pot, order);
    }

    private Task RefundAsync(OrderId order, bool inAll, bool goodsBack) =>
        _record.RunAsync(
            Told(new OrderRefunded(order, new(8), 300, "GBP", inAll, goodsBack)),
            CancellationToken.None
        );

    private Delivered<TMessage>[] Told<TMessage>(TMessage message)
        where TMessage : IMessage => [new("payments", shop.Get<NewId>().Next(), message, TraceParent: null)];
}
