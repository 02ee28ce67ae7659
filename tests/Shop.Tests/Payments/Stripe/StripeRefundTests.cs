using Shop.Channels.Faults;
using Shop.Channels.Stripe;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Money back over Stripe's wire.</summary>
public sealed class StripeRefundTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string Stripe = "stripe";

    private readonly StripeChannel _channel = new(channels.Account(PaymentChannelCode.Stripe));

    [Fact]
    public async Task All_of_a_payment_goes_back()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 12990);

        var done = Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(refund, default));

        Assert.Equal(done, await _channel.QueryRefundAsync(refund, default));
        Assert.Equal(
            done,
            await _channel.QueryRefundAsync(refund with { Reference = done.Reference }, default)
        );
        Assert.Equal(12990, BackOf(payment));
    }

    [Fact]
    public async Task Parts_go_back_up_to_what_was_paid()
    {
        var payment = await PaidAsync();

        Assert.IsType<RefundFinding.Done>(
            await _channel.RefundAsync(channels.Refund(payment, 2990), default)
        );
        Assert.IsType<RefundFinding.Done>(
            await _channel.RefundAsync(channels.Refund(payment, 9999), default)
        );
        Assert.Equal(
            new RefundFinding.Refused("amount_too_large", Again: false),
            await _channel.RefundAsync(channels.Refund(payment, 2), default)
        );
        Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(channels.Refund(payment, 1), default));
        Assert.Equal(
            new RefundFinding.Refused("charge_already_refunded", Again: false),
            await _channel.RefundAsync(channels.Refund(payment, 1), default)
        );
        Assert.Equal(12990, BackOf(payment));
    }

    [Fact]
    public async Task The_same_number_gives_back_once_also_when_its_key_is_forgotten()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);

        var first = await _channel.RefundAsync(refund, default);
        Assert.Equal(first, await _channel.RefundAsync(refund, default));
        channels.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(first, await _channel.RefundAsync(refund, default));

        Assert.Equal(2990, BackOf(payment));
    }

    [Theory]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task A_refund_that_has_no_answer_is_found_when_it_is_asked(CallFaultKind kind)
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        channels.Simulator.Misbehaviour.Plan(new CallScript(Stripe, kind, "refund", payment.OutNo));

        await Unknown.Async(cancel => _channel.RefundAsync(refund, cancel));

        Assert.IsType<RefundFinding.Done>(await _channel.QueryRefundAsync(refund, default));
        Assert.Equal(2990, BackOf(payment));
    }

    [Fact]
    public async Task A_refund_that_was_never_made_is_not_found()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        await _channel.RefundAsync(channels.Refund(payment, 10), default);

        Assert.IsType<RefundFinding.NotFound>(await _channel.QueryRefundAsync(refund, default));
        Assert.IsType<RefundFinding.NotFound>(
            await _channel.QueryRefundAsync(refund with { Reference = "re_none" }, default)
        );
    }

    [Fact]
    public async Task A_refund_that_the_balance_does_not_allow_is_to_be_sent_again()
    {
        var payment = await PaidAsync();
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.Refuse, "refund", payment.OutNo, "balance_insufficient")
        );
        var refund = channels.Refund(payment, 2990);

        Assert.Equal(
            new RefundFinding.Refused("balance_insufficient", Again: true),
            await _channel.RefundAsync(refund, default)
        );
        Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(refund, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refund_that_waits_for_the_bank_is_done_or_fails_later(bool isDone)
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        var wire = (StripeWire)channels.Simulator.Wire(Stripe);
        wire.HoldsRefunds = true;
        var accepted = Assert.IsType<RefundFinding.Accepted>(await _channel.RefundAsync(refund, default));
        wire.HoldsRefunds = false;
        refund = refund with { Reference = accepted.Reference };
        Assert.Equal(accepted, await _channel.QueryRefundAsync(refund, default));

        wire.EndRefund(payment.OutNo, accepted.Reference!, isDone);

        Assert.Equal(
            isDone
                ? new RefundFinding.Done(accepted.Reference!)
                : new RefundFinding.Refused("lost_or_stolen_card", Again: false),
            await _channel.QueryRefundAsync(refund, default)
        );
    }

    [Fact]
    public async Task A_refund_that_was_done_and_fails_after_all_is_told()
    {
        var payment = await PaidAsync();
        var refund = channels.Refund(payment, 2990);
        var done = Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(refund, default));
        var wire = (StripeWire)channels.Simulator.Wire(Stripe);
        var lost = wire.EndRefund(payment.OutNo, done.Reference, isDone: false);

        var told = Assert.IsType<NoticeReading.OfRefund>(
            await channels.ReadAsync(
                _channel,
                "refund.failed",
                channels.Simulator.Trades.Get(Stripe, payment.OutNo),
                lost
            )
        );

        Assert.Equal(
            (payment.OutNo, refund.OutNo, 2990L, payment.Reference),
            (told.PaymentOutNo, told.OutNo, told.Minor, told.PaymentReference)
        );
        Assert.Equal(new RefundFinding.Refused("lost_or_stolen_card", Again: false), told.Finding);
    }

    [Fact]
    public async Task An_amount_that_the_wire_cannot_say_is_refused()
    {
        var order = channels.Order(PaymentMethod.Web, 1290, "KWD");
        var payment = await PaidAsync(order);

        Assert.IsType<RefundFinding.Refused>(
            await _channel.RefundAsync(channels.Refund(payment, 1), default)
        );
        Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(channels.Refund(payment, 10), default));
    }

    private async Task<PaymentRef> PaidAsync(PaymentOrder? order = null)
    {
        order ??= channels.Order(PaymentMethod.Web, 12990, "EUR");
        var outcome = await _channel.BeginAsync(order, default);
        channels.Simulator.Pay(Stripe, order.OutNo);
        return SimulatedChannels.Ref(order, Assert.IsType<BeginOutcome.Ready>(outcome).Reference);
    }

    private long BackOf(PaymentRef payment) => channels.Simulator.Trades.Get(Stripe, payment.OutNo).BackMinor;
}
