using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Payments.Alipay;
using Shop.Tests.Payments.WechatPay;

namespace Shop.Tests.Payments;

/// <summary>An answer that the channel has truly signed, to another question, says nothing of this one.</summary>
public sealed class ReplayedAnswerTests(WechatPayFixture wechat, AlipayFixture alipay)
    : IClassFixture<WechatPayFixture>,
        IClassFixture<AlipayFixture>
{
    [Theory]
    [InlineData(PaymentChannelCode.WechatPay)]
    [InlineData(PaymentChannelCode.Alipay)]
    public async Task Of_another_payment_or_refund_it_is_not_believed(PaymentChannelCode code)
    {
        ChannelFixture fixture = code == PaymentChannelCode.WechatPay ? wechat : alipay;
        await using var between = new Replaying(fixture.Simulator.Address);
        var channel = fixture.Open(
            (
                "Address",
                code == PaymentChannelCode.Alipay ? $"{between.Address}gateway.do" : $"{between.Address}"
            )
        );
        var (paid, other) = (fixture.NewOrder(PaymentMethod.QrCode), fixture.NewOrder(PaymentMethod.QrCode));
        Assert.IsType<BeginOutcome.Ready>(await channel.BeginAsync(paid, default));
        Assert.IsType<BeginOutcome.Ready>(await channel.BeginAsync(other, default));
        fixture.Simulator.Pay(code.Slug(), paid.OutNo);
        Assert.IsType<Finding.Paid>(await channel.QueryAsync(ChannelFixture.Ref(paid), default));
        between.IsReplaying = true;
        Assert.IsType<Finding.Unknown>(await channel.QueryAsync(ChannelFixture.Ref(other), default));
        between.IsReplaying = false;
        var refund = fixture.NewRefund(paid, 100);
        await channel.RefundAsync(refund, default);
        Assert.IsNotType<RefundFinding.Unknown>(await channel.QueryRefundAsync(refund, default));

        between.IsReplaying = true;

        Assert.IsType<RefundFinding.Unknown>(
            await channel.QueryRefundAsync(fixture.NewRefund(paid, 100), default)
        );
        Assert.IsType<RefundFinding.Unknown>(
            await channel.QueryRefundAsync(refund with { Amount = new(101, "CNY") }, default)
        );
    }
}
