using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Money that Stripe only holds: taken once, or let go.</summary>
public sealed class StripeHoldTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string Stripe = "stripe";

    private readonly StripeChannel _channel = new(
        channels.Account(PaymentChannelCode.Stripe, ("CaptureManually", "true"))
    );

    [Fact]
    public async Task Money_that_is_held_is_taken_in_part_and_once()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);
        channels.Simulator.Pay(Stripe, order.OutNo);

        var held = Assert.IsType<Finding.Held>(await _channel.QueryAsync(payment, default));
        Assert.Equal(12990, held.Receipt.Minor);

        var taken = Assert.IsType<Finding.Paid>(await _channel.CaptureAsync(payment, 10000, default));
        Assert.Equal(10000, taken.Receipt.Minor);
        var again = Assert.IsType<Finding.Paid>(await _channel.CaptureAsync(payment, 2990, default));
        Assert.Equal(10000, again.Receipt.Minor);
    }

    [Fact]
    public async Task Money_that_is_held_is_let_go()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);
        channels.Simulator.Pay(Stripe, order.OutNo);

        Assert.IsType<Finding.Closed>(await _channel.CloseAsync(payment, default));
        Assert.IsType<Finding.Closed>(await _channel.CaptureAsync(payment, 12990, default));
        Assert.Equal(0, Assert.Single(Trades(order)).PaidMinor);
    }

    [Fact]
    public async Task A_capture_that_has_no_answer_is_known_when_it_is_asked()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "EUR");
        var payment = await BeginAsync(order);
        channels.Simulator.Pay(Stripe, order.OutNo);
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(Stripe, CallFaultKind.CutAfter, "capture", order.OutNo)
        );

        await Unknown.Async(cancel => _channel.CaptureAsync(payment, 12990, cancel));

        Assert.IsType<Finding.Paid>(await _channel.QueryAsync(payment, default));
    }

    private async Task<PaymentRef> BeginAsync(PaymentOrder order)
    {
        var outcome = await _channel.BeginAsync(order, default);
        return SimulatedChannels.Ref(order, Assert.IsType<BeginOutcome.Ready>(outcome).Reference);
    }

    private IEnumerable<Trade> Trades(PaymentOrder order) =>
        channels.Simulator.Trades.All.Where(trade => trade.Token == order.Token);
}
