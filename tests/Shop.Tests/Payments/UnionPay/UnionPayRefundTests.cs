using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.UnionPay;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>Money back over UnionPay's wire: taken up at once, done when it is asked about.</summary>
public sealed class UnionPayRefundTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string UnionPay = "union-pay";

    private readonly UnionPayChannel _channel = new(channels.Account(PaymentChannelCode.UnionPay));

    [Theory]
    [InlineData(PaymentMethod.QrCode)]
    [InlineData(PaymentMethod.App)]
    public async Task All_of_a_payment_goes_back(PaymentMethod method)
    {
        var payment = await PaidAsync(method);
        var refund = channels.Refund(payment, 12990);

        var accepted = Assert.IsType<RefundFinding.Accepted>(await _channel.RefundAsync(refund, default));

        Assert.Equal(
            new RefundFinding.Done(accepted.Reference!),
            await _channel.QueryRefundAsync(refund, default)
        );
        Assert.Equal(12990, BackOf(payment));
    }

    [Fact]
    public async Task Parts_go_back_up_to_what_was_paid()
    {
        var payment = await PaidAsync();

        Assert.IsType<RefundFinding.Accepted>(
            await _channel.RefundAsync(channels.Refund(payment, 2990), default)
        );
        Assert.IsType<RefundFinding.Accepted>(
            await _channel.RefundAsync(channels.Refund(payment, 9999), default)
        );
        Assert.Equal(
            new RefundFinding.Refused("36", Again: false),
            await _channel.RefundAsync(channels.Refund(payment, 2), default)
        );
        Assert.IsType<RefundFinding.Accepted>(
            await _channel.RefundAsync(channels.Refund(payment, 1), default)
        );
        Assert.Equal(12990, BackOf(payment));
    }

    [Fact]
    public async Task The_same_number_gives_back_once()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        await _channel.RefundAsync(refund, default);

        Assert.IsType<RefundFinding.Unknown>(await _channel.RefundAsync(refund, default));
        Assert.IsType<RefundFinding.Done>(await _channel.QueryRefundAsync(refund, default));
        Assert.Equal(2990, BackOf(payment));
    }

    [Theory]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task A_refund_that_has_no_answer_is_found_when_it_is_asked(CallFaultKind kind)
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        channels.Simulator.Misbehaviour.Plan(new CallScript(UnionPay, kind, "refund", payment.OutNo));

        await Unknown.Async(cancel => _channel.RefundAsync(refund, cancel));

        Assert.IsType<RefundFinding.Done>(await _channel.QueryRefundAsync(refund, default));
        Assert.Equal(2990, BackOf(payment));
    }

    [Fact]
    public async Task A_refund_that_was_never_made_is_not_found()
    {
        var payment = await PaidAsync();

        Assert.IsType<RefundFinding.NotFound>(
            await _channel.QueryRefundAsync(channels.Refund(payment, 2990), default)
        );
    }

    [Theory]
    [InlineData("03")]
    [InlineData("01")]
    [InlineData("12")]
    [InlineData("34")]
    [InlineData("60")]
    public async Task What_may_have_been_done_is_asked_about(string code)
    {
        var payment = await PaidAsync();
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(UnionPay, CallFaultKind.Refuse, "refund", payment.OutNo, code)
        );

        Assert.IsType<RefundFinding.Unknown>(
            await _channel.RefundAsync(channels.Refund(payment, 2990), default)
        );
    }

    [Fact]
    public async Task A_notice_of_a_refund_names_it_and_its_payment()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        await _channel.RefundAsync(refund, default);
        var trade = channels.Simulator.Trades.Get(UnionPay, payment.OutNo);

        var told = Assert.IsType<NoticeReading.OfRefund>(
            await channels.ReadAsync(_channel, "refunded", trade, trade.Refunds[0])
        );

        Assert.Equal(
            (refund.OutNo, 2990L, payment.Reference),
            (told.OutNo, told.Minor, told.PaymentReference)
        );
        Assert.Equal(new RefundFinding.Done(trade.Refunds[0].Reference), told.Finding);
    }

    private async Task<PaymentRef> PaidAsync(PaymentMethod method = PaymentMethod.QrCode)
    {
        var order = channels.Order(method, 12990, "CNY");
        Assert.IsType<BeginOutcome.Ready>(await _channel.BeginAsync(order, default));
        return SimulatedChannels.Ref(order, channels.Simulator.Pay(UnionPay, order.OutNo).Reference);
    }

    private long BackOf(PaymentRef payment) =>
        channels.Simulator.Trades.Get(UnionPay, payment.OutNo).BackMinor;
}
