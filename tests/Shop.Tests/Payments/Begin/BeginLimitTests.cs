using Shop.Data.Payments;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Channels;
using Shop.Data.Telemetry;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Begin;

/// <summary>How long and how often an order is tried to be paid.</summary>
public sealed class BeginLimitTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    public void Dispose()
    {
        shop.Channel.Reset();
        shop.Other.Reset();
    }

    [Fact]
    public async Task A_channel_that_takes_longer_than_eight_seconds_leaves_the_payment_uncertain()
    {
        var asked = new TaskCompletionSource();
        shop.Channel.Pause = stop =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, stop);
        };

        var begin = shop.BeginAsync(shop.Order());
        await asked.Task;
        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(begin.IsCompleted);
        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(0.2));
        var begun = Assert.IsType<BeginPaymentResult.Begun>(await begin);

        Assert.NotNull(begun.PollAfter);
        Assert.Equal(PaymentStatus.Uncertain, (await shop.PaymentAsync(begun.Payment)).Status);
    }

    [Fact]
    public async Task Where_closing_another_payment_took_the_time_a_job_begins_this_one()
    {
        var order = shop.Order();
        await shop.BegunAsync(order, PaymentChannelCode.Alipay);
        shop.Other.Pause = _ =>
        {
            shop.Other.Pause = _ => Task.CompletedTask;
            shop.Shop.Clock.Advance(TimeSpan.FromSeconds(12.5));
            return Task.CompletedTask;
        };

        var begun = Assert.IsType<BeginPaymentResult.Begun>(await shop.BeginAsync(order));

        Assert.NotNull(begun.PollAfter);
        Assert.Equal(PaymentStatus.Begun, (await shop.PaymentAsync(begun.Payment)).Status);
        Assert.DoesNotContain(shop.Channel.Calls, call => call.Verb == "begin");
        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(20));
        await shop.CheckPaymentsAsync();
        Assert.Equal(PaymentStatus.Pending, (await shop.PaymentAsync(begun.Payment)).Status);
    }

    [Fact]
    public async Task A_client_that_is_gone_does_not_end_what_its_channel_was_asked_for()
    {
        using var gone = new CancellationTokenSource();
        shop.Channel.Pause = async _ => await gone.CancelAsync();

        var begun = await shop
            .Shop.Get<BeginPayment>()
            .RunAsync(
                new(
                    Guid.CreateVersion7(),
                    shop.Order(),
                    PaymentChannelCode.Stripe,
                    PaymentMethod.Web,
                    ReturnUrl: null,
                    PayerAddress: null,
                    OpenId: null,
                    Subjects: []
                ),
                gone.Token
            );

        var payment = await shop.PaymentAsync(Assert.IsType<BeginPaymentResult.Begun>(begun).Payment);
        Assert.Equal(PaymentStatus.Pending, payment.Status);
        Assert.NotNull(payment.Action);
    }

    [Fact]
    public async Task Calls_to_one_account_wait_for_their_turn()
    {
        var (entered, let) = (0, new TaskCompletionSource());
        shop.Channel.Pause = _ =>
        {
            Interlocked.Increment(ref entered);
            return let.Task;
        };
        using var meter = new ShopMeter();
        using var account = new PaymentAccount(
            "main",
            shop.Channel,
            callsAtOnce: 2,
            meter,
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance
        );
        var order = (await PendingAsync()).Request;

        var calls = Enumerable
            .Range(0, 3)
            .Select(_ => account.BeginAsync(order, TimeSpan.FromMinutes(1), CancellationToken.None))
            .ToList();
        Assert.Equal(2, entered);
        let.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(3, entered);
    }

    [Fact]
    public async Task An_order_whose_time_is_nearly_over_is_not_begun_to_be_paid()
    {
        var order = shop.Order() with { DueAt = shop.Shop.Clock.GetUtcNow().AddSeconds(59) };

        var refused = await shop.BeginAsync(order);

        Assert.Equal(
            new BeginPaymentResult.NotAllowedNow("The time to pay this order is nearly over."),
            refused
        );
        Assert.Empty(await shop.PaymentsAsync(order.OrderId));
    }

    [Fact]
    public async Task An_order_has_twenty_tries()
    {
        var order = shop.Order();
        shop.Channel.Begin = _ => new BeginOutcome.Refused("CARD");
        for (var count = 0; count < Payment.MaxPerOrder; count++)
        {
            Assert.IsType<BeginPaymentResult.ChannelRefused>(await shop.BeginAsync(order));
        }

        Assert.IsType<BeginPaymentResult.NotAllowedNow>(await shop.BeginAsync(order));
        Assert.Equal(20, (await shop.PaymentsAsync(order.OrderId)).Count);
    }

    // A payment from before, so that the test's own calls are all there are.
    private async Task<Payment> PendingAsync()
    {
        var pause = shop.Channel.Pause;
        shop.Channel.Pause = _ => Task.CompletedTask;
        var payment = await shop.BegunAsync();
        shop.Channel.Pause = pause;
        return payment;
    }
}
