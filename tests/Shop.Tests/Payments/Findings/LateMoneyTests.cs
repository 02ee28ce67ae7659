using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Messages;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>Money that arrives settles its due, or goes back by itself.</summary>
public sealed class LateMoneyTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    public void Dispose()
    {
        shop.Channel.Reset();
        shop.Other.Reset();
    }

    [Fact]
    public async Task What_is_not_paid_in_its_time_is_closed_at_the_channel_and_expires()
    {
        var payment = await shop.BegunAsync();

        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(31));
        await shop.CheckPaymentsAsync();

        Assert.Equal(PaymentStatus.Expired, (await shop.PaymentAsync(payment.Id)).Status);
        Assert.Contains(shop.Channel.Calls, call => call == new ChannelCall("close", payment.OutNo));
    }

    [Fact]
    public async Task Money_inside_the_grace_still_pays_the_order()
    {
        var payment = await shop.BegunAsync();
        shop.Channel.Pay(payment);

        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(32));
        await shop.CheckPaymentsAsync();

        Assert.Equal(payment.Id, (await shop.DueAsync(payment.OrderId)).SettledBy);
    }

    [Fact]
    public async Task Money_after_that_goes_back_once()
    {
        var payment = await shop.BegunAsync();
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(34));
        await shop.CheckPaymentsAsync();
        Assert.Equal(PaymentStatus.Expired, (await shop.PaymentAsync(payment.Id)).Status);

        var notice = new NoticeReading.OfPayment(
            payment.OutNo,
            payment.OutNo,
            new Finding.Paid(shop.Channel.Pay(payment))
        );
        await shop.NoticeAsync(notice);
        await shop.CheckedAsync(payment);
        await shop.SendRefundsAsync();

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((PaymentStatus.Refunded, PaymentReason.Late), (payment.Status, payment.Reason));
        Assert.Equal(RefundReason.Late, Assert.Single(await shop.RefundsAsync(payment)).Reason);
        Assert.Empty(await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task Of_two_that_were_paid_one_settles_and_the_other_goes_back()
    {
        var order = shop.Order();
        var first = await shop.BegunAsync(order);
        var second = await shop.BegunAsync(order, PaymentChannelCode.Alipay);
        shop.Other.Pay(second);
        await shop.CheckedAsync(second);

        // Its link still paid, although the channel had called it closed.
        shop.Channel.Pay(first);
        await shop.CheckedAsync(first);
        await shop.SendRefundsAsync();

        first = await shop.PaymentAsync(first.Id);
        Assert.Equal((PaymentStatus.Refunded, PaymentReason.Surplus), (first.Status, first.Reason));
        var due = await shop.DueAsync(order.OrderId);
        Assert.Equal((second.Id, 1000, 0), (due.SettledBy, due.PaidMinor, due.RefundedMinor));
        Assert.Equal(["payments.order_paid"], await shop.ToldAsync(order.OrderId));
    }

    [Fact]
    public async Task An_older_try_that_is_paid_settles_and_the_open_one_is_closed()
    {
        var order = shop.Order();
        var first = await shop.BegunAsync(order);
        var second = await shop.BegunAsync(order, PaymentChannelCode.Alipay);
        shop.Channel.Pay(first);

        await shop.CheckedAsync(first);
        await shop.CheckPaymentsAsync();

        Assert.Equal(first.Id, (await shop.DueAsync(order.OrderId)).SettledBy);
        second = await shop.PaymentAsync(second.Id);
        Assert.Equal((PaymentStatus.Cancelled, PaymentReason.Replaced), (second.Status, second.Reason));
    }

    [Fact]
    public async Task An_order_that_was_called_off_can_not_be_paid_and_what_was_begun_is_closed()
    {
        var payment = await shop.BegunAsync();
        var untried = shop.Order();

        await CloseAsync(payment.OrderId, untried.OrderId);
        await shop.CheckPaymentsAsync();

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((PaymentStatus.Cancelled, PaymentReason.OrderClosed), (payment.Status, payment.Reason));
        Assert.IsType<Shop.Data.Payments.Begin.BeginPaymentResult.NotAllowedNow>(
            await shop.BeginAsync(untried)
        );
    }

    [Fact]
    public async Task What_was_paid_while_it_was_called_off_goes_back()
    {
        var payment = await shop.BegunAsync();
        shop.Channel.Pay(payment);

        await CloseAsync(payment.OrderId);
        await shop.CheckPaymentsAsync();
        await shop.SendRefundsAsync();

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal((PaymentStatus.Refunded, PaymentReason.OrderClosed), (payment.Status, payment.Reason));
        Assert.Null((await shop.DueAsync(payment.OrderId)).SettledBy);
    }

    private Task CloseAsync(params Shop.Data.Kernel.OrderId[] orders) =>
        shop
            .Shop.Get<CloseDues>()
            .RunAsync(
                [
                    .. orders.Select(
                        (order, number) =>
                            new Shop.Data.Messages.Delivered<DueCloseRequested>(
                                "orders",
                                number,
                                new(order),
                                TraceParent: null
                            )
                    ),
                ],
                CancellationToken.None
            );
}
