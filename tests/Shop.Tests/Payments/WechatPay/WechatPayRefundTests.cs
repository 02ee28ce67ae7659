using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.WechatPay;

public sealed class WechatPayRefundTests(WechatPayFixture wechat) : IClassFixture<WechatPayFixture>
{
    private IPaymentChannel Channel => wechat.Channel;

    [Fact]
    public async Task A_refund_is_taken_up_then_done()
    {
        var refund = wechat.NewRefund(await PaidAsync(), 2990);

        var taken = Assert.IsType<RefundFinding.Accepted>(await Channel.RefundAsync(refund, default));

        Assert.Equal(
            new RefundFinding.Done(taken.Reference!),
            await Channel.QueryRefundAsync(refund, default)
        );
    }

    [Fact]
    public async Task The_same_number_again_gives_back_once()
    {
        var order = await PaidAsync();
        var refund = wechat.NewRefund(order, 2990);

        await Channel.RefundAsync(refund, default);
        await Channel.RefundAsync(refund, default);

        Assert.Equal(
            2990,
            Assert.Single(wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo).Refunds).Minor
        );
    }

    [Fact]
    public async Task Parts_go_back_a_minute_apart_and_never_more_than_was_paid()
    {
        var order = await PaidAsync();
        await Channel.RefundAsync(wechat.NewRefund(order, 2990), default);

        var soon = await Channel.RefundAsync(wechat.NewRefund(order, 10000), default);
        wechat.Clock.Advance(Channel.Traits.RefundSpacing);
        var more = await Channel.RefundAsync(wechat.NewRefund(order, 10001), default);
        var rest = await Channel.RefundAsync(wechat.NewRefund(order, 10000), default);

        Assert.Equal(new RefundFinding.Refused("FREQUENCY_LIMITED", Again: true), soon);
        Assert.Equal(new RefundFinding.Refused("INVALID_REQUEST", Again: false), more);
        Assert.IsType<RefundFinding.Accepted>(rest);
        Assert.Equal(12990, wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo).BackMinor);
    }

    [Fact]
    public async Task A_balance_that_is_too_low_is_waited_for()
    {
        var refund = wechat.NewRefund(await PaidAsync(), 2990);
        Plan("NOT_ENOUGH");

        Assert.Equal(
            new RefundFinding.Refused("NOT_ENOUGH", Again: true),
            await Channel.RefundAsync(refund, default)
        );
        Assert.IsType<RefundFinding.NotFound>(await Channel.QueryRefundAsync(refund, default));
        Assert.IsType<RefundFinding.Accepted>(await Channel.RefundAsync(refund, default));
    }

    [Fact]
    public async Task A_refund_that_WeChat_can_not_end_waits_for_a_person()
    {
        var refund = wechat.NewRefund(await PaidAsync(), 2990);
        Plan("ABNORMAL");
        await Channel.RefundAsync(refund, default);

        Assert.Equal(new RefundFinding.Stuck("ABNORMAL"), await Channel.QueryRefundAsync(refund, default));
    }

    [Fact]
    public async Task A_refund_that_was_closed_has_failed_for_good()
    {
        var refund = wechat.NewRefund(await PaidAsync(), 2990);
        Plan("CLOSED");
        await Channel.RefundAsync(refund, default);

        Assert.Equal(
            new RefundFinding.Refused("CLOSED", Again: false),
            await Channel.QueryRefundAsync(refund, default)
        );
    }

    [Fact]
    public async Task Money_that_was_never_paid_does_not_go_back()
    {
        var refund = wechat.NewRefund(wechat.NewOrder(PaymentMethod.QrCode), 2990);

        Assert.Equal(
            new RefundFinding.Refused("ORDER_NOT_EXIST", Again: false),
            await Channel.RefundAsync(refund, default)
        );
    }

    private void Plan(string code) =>
        wechat.Simulator.Misbehaviour.Plan(
            new CallScript(WechatPayFixture.Name, CallFaultKind.Refuse, "refund", Code: code)
        );

    private async Task<PaymentOrder> PaidAsync()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        Assert.IsType<BeginOutcome.Ready>(await Channel.BeginAsync(order, default));
        wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo);
        return order;
    }
}
