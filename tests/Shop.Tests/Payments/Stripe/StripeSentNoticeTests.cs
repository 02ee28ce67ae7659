using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Notices as Stripe sends them: read as they are, or refused, and sent again until they are answered well.</summary>
public sealed class StripeSentNoticeTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string Stripe = "stripe";

    private readonly StripeChannel _channel = new(channels.Account(PaymentChannelCode.Stripe));

    [Theory]
    [InlineData(NoticeFault.None)]
    [InlineData(NoticeFault.OtherAmount)]
    [InlineData(NoticeFault.OtherOrder)]
    [InlineData(NoticeFault.OtherToken)]
    public async Task A_notice_is_read_as_it_is(NoticeFault fault)
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        await _channel.BeginAsync(order, default);
        var trade = channels.Simulator.Pay(Stripe, order.OutNo);

        var told = Assert.IsType<NoticeReading.OfPayment>(
            await channels.ReadAsync(_channel, "payment_intent.succeeded", trade, fault: fault)
        );

        var receipt = Assert.IsType<Finding.Paid>(told.Finding).Receipt;
        Assert.Equal(fault == NoticeFault.OtherAmount, receipt.Minor != 12990);
        Assert.Equal(fault == NoticeFault.OtherOrder, told.OutNo != order.OutNo);
        Assert.Equal(fault == NoticeFault.OtherToken, receipt.Token != order.Token);
    }

    [Theory]
    [InlineData(NoticeFault.Forged)]
    [InlineData(NoticeFault.Old)]
    [InlineData(NoticeFault.Ahead)]
    public async Task A_notice_that_is_not_stripes_or_not_of_now_is_refused(NoticeFault fault)
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        await _channel.BeginAsync(order, default);
        var trade = channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.IsType<NoticeReading.Forged>(
            await channels.ReadAsync(_channel, "payment_intent.succeeded", trade, fault: fault)
        );
    }

    [Theory]
    [InlineData(NoticeResult.Done, 200)]
    [InlineData(NoticeResult.Refused, 401)]
    [InlineData(NoticeResult.Orphan, 404)]
    [InlineData(NoticeResult.Unavailable, 503)]
    public void Stripe_sends_again_what_it_is_not_answered_well(NoticeResult result, int status) =>
        Assert.Equal(status, _channel.AnswerFor(result).Status);
}
