using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Payments over Stripe's wire: begun, asked about, closed.</summary>
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

    private async Task<PaymentRef> BeginAsync(PaymentOrder order)
    {
        var outcome = await _channel.BeginAsync(order, default);
        return SimulatedChannels.Ref(order, Assert.IsType<BeginOutcome.Ready>(outcome).Reference);
    }

    private IEnumerable<Trade> Trades(PaymentOrder order) =>
        channels.Simulator.Trades.All.Where(trade => trade.Token == order.Token);
}
