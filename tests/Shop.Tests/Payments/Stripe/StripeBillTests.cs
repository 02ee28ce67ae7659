using System.Net;
using System.Text;
using Shop.Channels.Faults;
using Shop.Channels.Stripe;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Stripe;
using Shop.Load.Fire;

namespace Shop.Tests.Payments.Stripe;

/// <summary>Stripe's book of a day.</summary>
public sealed class StripeBillTests : IAsyncLifetime
{
    private const string Stripe = "stripe";

    private readonly SimulatedChannels _channels = new();
    private StripeChannel _channel = null!;

    private DateOnly Today => DateOnly.FromDateTime(_channels.Clock.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        await _channels.InitializeAsync();
        _channel = new(_channels.Account(PaymentChannelCode.Stripe));
    }

    public ValueTask DisposeAsync() => _channels.DisposeAsync();

    [Fact]
    public async Task It_has_what_was_paid_and_what_went_back_and_nothing_else()
    {
        var (day, at) = (Today, _channels.Clock.GetUtcNow());
        var payment = await PaidAsync();
        var refund = _channels.Refund(payment, 2990);
        var back = Assert.IsType<RefundFinding.Done>(await _channel.RefundAsync(refund, default));
        var foreign = ((StripeWire)_channels.Simulator.Wire(Stripe)).RefundAtDesk(payment.OutNo, 10);
        var yen = await PaidAsync(500, "JPY");
        _channels.Clock.Advance(TimeSpan.FromDays(1));
        await PaidAsync();
        _channels.Clock.Advance(TimeSpan.FromHours(2));

        BillLine[] expected =
        [
            new(false, payment.OutNo, payment.Reference!, null, 12990, "EUR", 25, at),
            new(true, refund.OutNo, back.Reference, payment.OutNo, 2990, "EUR", 0, at, payment.Reference),
            new(true, null, foreign.Reference, null, 10, "EUR", 0, at, payment.Reference),
            new(false, yen.OutNo, yen.Reference!, null, 500, "JPY", 25, at),
        ];
        var (digest, lines) = await LinesAsync(day);
        Assert.Equal(expected.OrderBy(line => line.Reference), lines.OrderBy(line => line.Reference));
        Assert.Equal(digest, (await LinesAsync(day)).Digest);
    }

    [Fact]
    public async Task Of_money_that_was_held_it_has_what_was_taken()
    {
        var holding = new StripeChannel(
            _channels.Account(PaymentChannelCode.Stripe, ("CaptureManually", "true"))
        );
        var order = _channels.Order(PaymentMethod.Web, 12990, "EUR");
        var begun = Assert.IsType<BeginOutcome.Ready>(await holding.BeginAsync(order, default));
        _channels.Simulator.Pay(Stripe, order.OutNo);
        await holding.CaptureAsync(SimulatedChannels.Ref(order, begun.Reference), 10000, default);
        var day = Today;
        _channels.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(10000, Assert.Single((await LinesAsync(day)).Lines).Minor);
    }

    [Fact]
    public async Task A_refund_that_failed_after_all_takes_back_what_it_gave()
    {
        const string Page = """
            {"object": "list", "has_more": false, "data": [{
              "id": "txn_2", "type": "refund_failure", "amount": 2990, "fee": 0, "currency": "eur", "created": 1767225600,
              "source": {"id": "re_1", "object": "refund", "amount": 2990, "currency": "eur", "status": "failed",
                "payment_intent": "pi_1", "metadata": {"refund": "SR1", "out_no": "S1"}}
            }]}
            """;
        var address = $"http://127.0.0.1:{TownNode.FreePort()}/";
        using var stripe = new HttpListener { Prefixes = { address } };
        stripe.Start();
        var served = ServeTwiceAsync(stripe, Page);
        _channel = new(_channels.Account(PaymentChannelCode.Stripe, ("Address", address)));
        _channels.Clock.Advance(TimeSpan.FromDays(1));

        var (_, lines) = await LinesAsync(Today.AddDays(-1));
        await served;

        Assert.Equal(
            new BillLine(
                true,
                "SR1",
                "re_1",
                "S1",
                -2990,
                "EUR",
                0,
                DateTimeOffset.FromUnixTimeSeconds(1767225600),
                "pi_1"
            ),
            Assert.Single(lines)
        );
    }

    [Fact]
    public async Task It_is_read_page_by_page()
    {
        var day = Today;
        for (var count = 0; count < 101; count++)
        {
            await PaidAsync();
        }

        _channels.Clock.Advance(TimeSpan.FromDays(1));

        var (_, lines) = await LinesAsync(day);
        Assert.Equal(101, lines.Select(line => line.OutNo).Distinct().Count());
    }

    [Fact]
    public async Task A_day_without_a_payment_has_none()
    {
        var day = Today;
        await _channel.BeginAsync(_channels.Order(PaymentMethod.Web, 12990, "EUR"), default);
        _channels.Clock.Advance(TimeSpan.FromDays(1));

        Assert.IsType<BillReading.None>(await _channel.ReadBillAsync(day, default));
    }

    [Fact]
    public async Task A_day_that_is_not_over_is_not_read()
    {
        await PaidAsync();

        Assert.IsType<BillReading.NotYet>(await _channel.ReadBillAsync(Today, default));
    }

    [Theory]
    [InlineData(CallFaultKind.ErrorBefore)]
    [InlineData(CallFaultKind.Refuse)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task A_list_that_cannot_be_had_whole_is_no_bill(CallFaultKind kind)
    {
        await PaidAsync();
        var day = Today;
        _channels.Clock.Advance(TimeSpan.FromDays(1));
        _channels.Simulator.Misbehaviour.Plan(new CallScript(Stripe, kind, "bill", Code: "api_error"));

        await Assert.ThrowsAsync<NoAnswerException>(() => _channel.ReadBillAsync(day, default));
    }

    // The simulator has no refund that fails on a later day. A bill is read twice: once for its digest, once for its lines.
    private static async Task ServeTwiceAsync(HttpListener stripe, string page)
    {
        for (var reading = 0; reading < 2; reading++)
        {
            var asked = await stripe.GetContextAsync();
            asked.Response.Close(Encoding.UTF8.GetBytes(page), willBlock: true);
        }
    }

    private async Task<(string Digest, List<BillLine> Lines)> LinesAsync(DateOnly day)
    {
        var bill = Assert.IsType<BillReading.Lines>(await _channel.ReadBillAsync(day, default));
        return (bill.Digest, await bill.Rows.ToListAsync());
    }

    private async Task<PaymentRef> PaidAsync(long minor = 12990, string currency = "EUR")
    {
        var order = _channels.Order(PaymentMethod.Web, minor, currency);
        var outcome = await _channel.BeginAsync(order, default);
        _channels.Simulator.Pay(Stripe, order.OutNo);
        return SimulatedChannels.Ref(order, Assert.IsType<BeginOutcome.Ready>(outcome).Reference);
    }
}
