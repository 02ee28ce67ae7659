using System.Net;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.Alipay;

public sealed class AlipayChannelTests(AlipayFixture alipay) : IClassFixture<AlipayFixture>
{
    private IPaymentChannel Channel => alipay.Channel;

    [Theory]
    [InlineData(PaymentMethod.Web)]
    [InlineData(PaymentMethod.WebMobile)]
    [InlineData(PaymentMethod.App)]
    public async Task What_is_signed_here_is_heard_of_when_the_customer_comes(PaymentMethod method)
    {
        var order = alipay.NewOrder(method);
        var ready = await BeginAsync(order);
        Assert.False(Channel.Traits.NeedsCall(method));
        Assert.Null(alipay.Simulator.Trades.Find(AlipayFixture.Name, order.OutNo));
        Assert.IsType<Finding.NotFound>(await QueryAsync(order));

        using var come = await alipay.ComeAsync(ready.Action);

        Assert.Equal(HttpStatusCode.Redirect, come.StatusCode);
        Assert.IsType<Finding.Waiting>(await QueryAsync(order));
        alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo);
        Assert.IsType<Finding.Paid>(await QueryAsync(order));
    }

    [Fact]
    public async Task A_code_is_shown_and_no_payment_is_there_before_it_was_scanned()
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode);

        var ready = await BeginAsync(order);

        Assert.StartsWith(
            "https://qr.alipay.com/",
            Assert.IsType<ChannelAction.QrCode>(ready.Action).Content,
            StringComparison.Ordinal
        );
        Assert.IsType<Finding.NotFound>(await QueryAsync(order));
        Assert.IsType<Finding.NotFound>(await CloseAsync(order));
        // The link pays all the same.
        Assert.Equal(TradeStatus.Paid, alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo).Status);
    }

    [Fact]
    public async Task The_same_order_again_is_one_trade_and_another_is_refused()
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);
        await BeginAsync(order);

        Assert.Single(alipay.Simulator.Trades.All, trade => trade.OutNo == order.OutNo);
        Assert.Equal(
            new BeginOutcome.Refused("ACQ.CONTEXT_INCONSISTENT"),
            await Channel.BeginAsync(order with { Amount = new(12991, "CNY") }, default)
        );
    }

    [Fact]
    public async Task A_begin_of_what_is_paid_is_asked_about_and_not_given_up() =>
        Assert.Equal(
            new BeginOutcome.Unknown("ACQ.TRADE_HAS_SUCCESS"),
            await Channel.BeginAsync(await alipay.PaidAsync(), default)
        );

    [Fact]
    public async Task A_subject_has_none_of_the_signs_that_Alipay_refuses()
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode) with { Description = "a/b=c&d " };

        await BeginAsync(order);

        Assert.Equal("a b c d ", alipay.Trade(order).Notes["subject"]);
    }

    [Fact]
    public async Task What_is_paid_is_told_gross()
    {
        var order = await alipay.PaidAsync();
        var trade = alipay.Trade(order);

        Assert.Equal(
            new Finding.Paid(new(order.OutNo, trade.Reference, 12990, "CNY", PaidAt: trade.PaidAt)),
            await QueryAsync(order)
        );
    }

    [Fact]
    public async Task What_was_paid_stays_paid_when_all_went_back_or_months_went_by()
    {
        var back = await alipay.PaidAsync();
        await Channel.RefundAsync(alipay.NewRefund(back, 12990), default);
        var finished = await alipay.PaidAsync();
        alipay.Wire.Finish(finished.OutNo);

        Assert.IsType<Finding.Paid>(await QueryAsync(back));
        Assert.IsType<Finding.Paid>(await QueryAsync(finished));
    }

    [Fact]
    public async Task A_payment_is_closed_once_the_customer_has_come()
    {
        var order = alipay.NewOrder(PaymentMethod.Web);
        using var come = await alipay.ComeAsync((await BeginAsync(order)).Action);

        Assert.IsType<Finding.Closed>(await CloseAsync(order));
        Assert.IsType<Finding.Closed>(await CloseAsync(order));
        Assert.IsType<Finding.Closed>(await QueryAsync(order));
        Assert.Throws<InvalidOperationException>(() => alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo));
    }

    [Fact]
    public async Task A_close_that_comes_too_late_tells_of_the_money() =>
        Assert.IsType<Finding.Paid>(await CloseAsync(await alipay.PaidAsync()));

    [Fact]
    public async Task With_certificates_it_goes_as_with_keys()
    {
        var certified = alipay.OpenWithCertificates();
        var order = alipay.NewOrder(PaymentMethod.QrCode);

        Assert.IsType<BeginOutcome.Ready>(await certified.BeginAsync(order, default));
        alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo);
        Assert.IsType<Finding.Paid>(await certified.QueryAsync(ChannelFixture.Ref(order), default));
        Assert.NotNull(certified.Traits.KeyExpiresAt);
    }

    [Theory]
    [InlineData(CallFaultKind.HoldBefore)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.CutBefore)]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.ErrorBefore)]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task What_is_no_answer_is_unknown(CallFaultKind fault)
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode);

        Plan(fault, "begin");
        await Unknown.Async(stop => Channel.BeginAsync(order, stop));
        await BeginAsync(order);
        alipay.Simulator.Pay(AlipayFixture.Name, order.OutNo);
        Plan(fault, "query");
        await Unknown.Async(stop => Channel.QueryAsync(ChannelFixture.Ref(order), stop));
        Plan(fault, "close");
        await Unknown.Async(stop => Channel.CloseAsync(ChannelFixture.Ref(order), stop));
        var refund = alipay.NewRefund(order, 100);
        Plan(fault, "refund");
        await Unknown.Async(stop => Channel.RefundAsync(refund, stop));
        await Channel.RefundAsync(refund, default);
        Plan(fault, "refund-query");
        await Unknown.Async(stop => Channel.QueryRefundAsync(refund, stop));

        Assert.Equal(100, Assert.Single(alipay.Trade(order).Refunds).Minor);
    }

    [Theory]
    [InlineData("20000")]
    [InlineData("ACQ.SYSTEM_ERROR")]
    [InlineData("aop.unknow-error")]
    [InlineData("isp.unknow-error")]
    public async Task What_Alipay_does_not_know_is_unknown(string code)
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode);
        Plan(CallFaultKind.Refuse, "begin", code);
        await Unknown.Async(stop => Channel.BeginAsync(order, stop));
        Plan(CallFaultKind.Refuse, "refund", code);
        await Unknown.Async(stop => Channel.RefundAsync(alipay.NewRefund(order, 1), stop));
    }

    [Fact]
    public async Task A_refusal_is_of_what_was_asked()
    {
        var order = alipay.NewOrder(PaymentMethod.QrCode);
        Plan(CallFaultKind.Refuse, "begin", "ACQ.INVALID_PARAMETER");
        Assert.Equal(
            new BeginOutcome.Refused("ACQ.INVALID_PARAMETER"),
            await Channel.BeginAsync(order, default)
        );
        Plan(CallFaultKind.Refuse, "query", "ACQ.INVALID_PARAMETER");
        Assert.Equal(new Finding.Unknown("ACQ.INVALID_PARAMETER"), await QueryAsync(order));
    }

    [Fact]
    public async Task A_part_goes_back_at_once_and_the_same_number_goes_back_once()
    {
        var order = await alipay.PaidAsync();
        var refund = alipay.NewRefund(order, 2990);

        Assert.Equal(new RefundFinding.Done(refund.OutNo), await Channel.RefundAsync(refund, default));
        // Told of nothing that has changed, the shop asks.
        Assert.Equal(new RefundFinding.Accepted(null), await Channel.RefundAsync(refund, default));
        Assert.Equal(new RefundFinding.Done(refund.OutNo), await Channel.QueryRefundAsync(refund, default));
        Assert.Equal(2990, Assert.Single(alipay.Trade(order).Refunds).Minor);
    }

    [Fact]
    public async Task Never_more_goes_back_than_was_paid()
    {
        var order = await alipay.PaidAsync();
        await Channel.RefundAsync(alipay.NewRefund(order, 2990), default);
        var more = alipay.NewRefund(order, 10001, 2990);

        Assert.Equal(
            new RefundFinding.Refused("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", Again: false),
            await Channel.RefundAsync(more, default)
        );
        Assert.IsType<RefundFinding.NotFound>(await Channel.QueryRefundAsync(more, default));
        Assert.IsType<RefundFinding.Done>(
            await Channel.RefundAsync(alipay.NewRefund(order, 10000, 2990), default)
        );
    }

    [Fact]
    public async Task A_balance_that_is_too_low_is_waited_for()
    {
        var refund = alipay.NewRefund(await alipay.PaidAsync(), 2990);
        Plan(CallFaultKind.Refuse, "refund", "ACQ.SELLER_BALANCE_NOT_ENOUGH");

        Assert.Equal(
            new RefundFinding.Refused("ACQ.SELLER_BALANCE_NOT_ENOUGH", Again: true),
            await Channel.RefundAsync(refund, default)
        );
        Assert.IsType<RefundFinding.Done>(await Channel.RefundAsync(refund, default));
    }

    private void Plan(CallFaultKind fault, string verb, string? code = null) =>
        alipay.Simulator.Misbehaviour.Plan(new CallScript(AlipayFixture.Name, fault, verb, Code: code));

    private async Task<BeginOutcome.Ready> BeginAsync(PaymentOrder order) =>
        Assert.IsType<BeginOutcome.Ready>(await Channel.BeginAsync(order, default));

    private Task<Finding> QueryAsync(PaymentOrder order) =>
        Channel.QueryAsync(ChannelFixture.Ref(order), default);

    private Task<Finding> CloseAsync(PaymentOrder order) =>
        Channel.CloseAsync(ChannelFixture.Ref(order), default);
}
