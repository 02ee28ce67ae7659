using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Payments over Stripe's wire: begun, asked about, closed, held and taken.</summary>
public sealed class StripeChannelTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string Stripe = "stripe";

    private readonly StripeChannel _channel = new(channels.Account(PaymentChannelCode.Stripe));

    [Theory]
    [InlineData(PaymentMethod.Web)]
    [InlineData(PaymentMethod.WebMobile)]
    [InlineData(PaymentMethod.App)]
    public async Task A_payment_is_begun_and_paid(PaymentMethod method)
    {
        var order = channels.Order(method, 12990, "EUR");

        var payment = await BeginAsync(order);
        Assert.IsType<Finding.Waiting>(await _channel.QueryAsync(payment, default));
        channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.Equal(
            new Finding.Paid(new(order.OutNo, payment.Reference!, 12990, "EUR", Token: order.Token)),
            await _channel.QueryAsync(payment, default)
        );
    }

    [Fact]
    public async Task The_same_order_again_gets_the_same_secret_and_opens_no_second_intent()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");

        var first = await _channel.BeginAsync(order, default);
        var again = await _channel.BeginAsync(order, default);

        Assert.Equal(first, again);
        Assert.Equal(
            "pk_test_simulated",
            Assert
                .IsType<ChannelAction.Secret>(Assert.IsType<BeginOutcome.Ready>(first).Action)
                .PublishableKey
        );
        Assert.Single(Trades(order));
    }

    [Theory]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.CutBefore)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.ErrorBefore)]
    [InlineData(CallFaultKind.NotSigned)]
    public async Task A_begin_without_an_answer_is_unknown_and_opens_one_intent_when_it_is_repeated(
        CallFaultKind kind
    )
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        channels.Simulator.Misbehaviour.Plan(new CallScript(Stripe, kind, "begin", order.OutNo));

        await Unknown.Async(cancel => _channel.BeginAsync(order, cancel));

        Assert.IsType<BeginOutcome.Ready>(await _channel.BeginAsync(order, default));
        Assert.Single(Trades(order));
    }

    [Fact]
    public async Task A_fault_that_the_key_gives_back_again_ends_the_begin_for_nobody_has_its_secret()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.ErrorAfter, "begin", order.OutNo)
        );

        await Unknown.Async(cancel => _channel.BeginAsync(order, cancel));

        Assert.Equal(new BeginOutcome.Refused("http_500"), await _channel.BeginAsync(order, default));
        Assert.Single(Trades(order));
    }

    [Theory]
    [InlineData("rate_limit")]
    [InlineData("idempotency_key_in_use")]
    public async Task Not_now_is_no_refusal(string code)
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.Refuse, "begin", order.OutNo, code)
        );

        await Unknown.Async(cancel => _channel.BeginAsync(order, cancel));
    }

    [Fact]
    public async Task What_stripe_refuses_is_refused()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.Refuse, "begin", order.OutNo, "account_invalid")
        );

        Assert.Equal(new BeginOutcome.Refused("account_invalid"), await _channel.BeginAsync(order, default));
    }

    [Fact]
    public async Task Another_amount_with_the_same_key_is_refused()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        await BeginAsync(order);

        Assert.IsType<BeginOutcome.Refused>(
            await _channel.BeginAsync(order with { Amount = new(12991, "EUR") }, default)
        );
    }

    [Fact]
    public async Task A_key_that_stripe_does_not_take_says_nothing_of_the_payment()
    {
        var path = Accounts.Write(channels.Simulator.Folder, "another-key", "sk_test_another"u8.ToArray());
        var other = new StripeChannel(channels.Account(PaymentChannelCode.Stripe, ("SecretKeyFile", path)));

        await Unknown.Async(cancel =>
            other.BeginAsync(channels.Order(PaymentMethod.Web, 12990, "EUR"), cancel)
        );
    }

    [Theory]
    [InlineData("UGX", 5000, 500000)]
    [InlineData("ISK", 120, 12000)]
    [InlineData("MGA", 250000, 2500)]
    [InlineData("JPY", 500, 500)]
    [InlineData("KWD", 1290, 1290)]
    public async Task Currencies_whose_units_differ_are_right_on_the_wire_and_back(
        string currency,
        long minor,
        long wire
    )
    {
        var order = channels.Order(PaymentMethod.Web, minor, currency);
        var payment = await BeginAsync(order);
        channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.Equal(wire, Assert.Single(Trades(order)).PaidMinor);
        var paid = Assert.IsType<Finding.Paid>(await _channel.QueryAsync(payment, default));
        Assert.Equal((minor, currency), (paid.Receipt.Minor, paid.Receipt.Currency));
    }

    [Fact]
    public async Task What_the_wire_cannot_say_is_refused_without_a_call()
    {
        var order = channels.Order(PaymentMethod.Web, 1291, "KWD");

        Assert.False(_channel.Traits.CanSay(order.Amount));
        Assert.IsType<BeginOutcome.Refused>(await _channel.BeginAsync(order, default));
        Assert.Empty(Trades(order));
    }

    [Fact]
    public async Task A_card_that_is_declined_leaves_the_intent_for_another()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);

        channels.Simulator.Decline(Stripe, order.OutNo);
        Assert.IsType<Finding.Waiting>(await _channel.QueryAsync(payment, default));

        channels.Simulator.Pay(Stripe, order.OutNo);
        Assert.IsType<Finding.Paid>(await _channel.QueryAsync(payment, default));
    }

    [Fact]
    public async Task A_payment_is_closed_and_stays_so()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);

        Assert.IsType<Finding.Closed>(await _channel.CloseAsync(payment, default));
        Assert.IsType<Finding.Closed>(await _channel.CloseAsync(payment, default));
        Assert.IsType<Finding.Closed>(await _channel.QueryAsync(payment, default));
        Assert.Throws<InvalidOperationException>(() => channels.Simulator.Pay(Stripe, order.OutNo));
    }

    [Fact]
    public async Task Closing_what_was_paid_tells_that_it_was_paid()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);
        channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.IsType<Finding.Paid>(await _channel.CloseAsync(payment, default));
    }

    [Fact]
    public async Task A_close_that_has_no_answer_is_known_when_it_is_asked()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.ErrorAfter, "close", order.OutNo)
        );

        await Unknown.Async(cancel => _channel.CloseAsync(payment, cancel));

        Assert.IsType<Finding.Closed>(await _channel.QueryAsync(payment, default));
    }

    [Fact]
    public async Task An_intent_whose_number_never_came_is_not_asked_about()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");

        Assert.IsType<Finding.NotFound>(await _channel.QueryAsync(SimulatedChannels.Ref(order), default));
        Assert.IsType<Finding.Closed>(await _channel.CloseAsync(SimulatedChannels.Ref(order), default));
    }

    [Fact]
    public async Task An_intent_that_stripe_does_not_have_is_not_found() =>
        Assert.IsType<Finding.NotFound>(
            await _channel.QueryAsync(
                SimulatedChannels.Ref(channels.Order(PaymentMethod.Web, 12990, "EUR"), "pi_none"),
                default
            )
        );

    [Fact]
    public async Task Money_that_is_held_is_taken_in_part_and_once()
    {
        var holding = Holding();
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order, holding);
        channels.Simulator.Pay(Stripe, order.OutNo);

        var held = Assert.IsType<Finding.Held>(await holding.QueryAsync(payment, default));
        Assert.Equal(12990, held.Receipt.Minor);

        var taken = Assert.IsType<Finding.Paid>(await holding.CaptureAsync(payment, 10000, default));
        Assert.Equal(10000, taken.Receipt.Minor);
        var again = Assert.IsType<Finding.Paid>(await holding.CaptureAsync(payment, 2990, default));
        Assert.Equal(10000, again.Receipt.Minor);
    }

    [Fact]
    public async Task Money_that_is_held_is_let_go()
    {
        var holding = Holding();
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order, holding);
        channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.IsType<Finding.Closed>(await holding.CloseAsync(payment, default));
        Assert.IsType<Finding.Closed>(await holding.CaptureAsync(payment, 12990, default));
        Assert.Equal(0, Assert.Single(Trades(order)).PaidMinor);
    }

    [Fact]
    public async Task A_capture_that_has_no_answer_is_known_when_it_is_asked()
    {
        var holding = Holding();
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order, holding);
        channels.Simulator.Pay(Stripe, order.OutNo);
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.CutAfter, "capture", order.OutNo)
        );

        await Unknown.Async(cancel => holding.CaptureAsync(payment, 12990, cancel));

        Assert.IsType<Finding.Paid>(await holding.QueryAsync(payment, default));
    }

    [Theory]
    [InlineData(NoticeFault.None)]
    [InlineData(NoticeFault.OtherAmount)]
    [InlineData(NoticeFault.OtherOrder)]
    [InlineData(NoticeFault.OtherToken)]
    public async Task A_notice_is_read_as_it_is(NoticeFault fault)
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        await BeginAsync(order);
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
        await BeginAsync(order);
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

    private StripeChannel Holding() =>
        new(channels.Account(PaymentChannelCode.Stripe, ("CaptureManually", "true")));

    private async Task<PaymentRef> BeginAsync(PaymentOrder order, StripeChannel? channel = null)
    {
        var outcome = await (channel ?? _channel).BeginAsync(order, default);
        return SimulatedChannels.Ref(order, Assert.IsType<BeginOutcome.Ready>(outcome).Reference);
    }

    private IEnumerable<Trade> Trades(PaymentOrder order) =>
        channels.Simulator.Trades.All.Where(trade => trade.Token == order.Token);
}
