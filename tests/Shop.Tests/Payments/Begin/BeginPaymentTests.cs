using Shop.Data.Payments;
using Shop.Data.Payments.Begin;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Tests.Payments.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Payments.Begin;

/// <summary>One due per order, one open payment per due; the row comes before the call.</summary>
public sealed class BeginPaymentTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    private readonly OrderToPay _order = shop.Order();

    public void Dispose()
    {
        shop.Channel.Reset();
        shop.Other.Reset();
    }

    [Fact]
    public async Task The_same_key_gives_the_same_payment_at_once_and_later()
    {
        var key = Guid.CreateVersion7();

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => BeginAsync(key)));
        var later = await BeginAsync(key);

        var begun = results.Append(later).Cast<BeginPaymentResult.Begun>().ToList();
        Assert.Single(begun.Select(result => result.Payment).Distinct());
        Assert.Single(begun, result => !result.Replayed);
        Assert.Single(await shop.PaymentsAsync(_order.OrderId));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_channel_is_a_conflict()
    {
        var key = Guid.CreateVersion7();
        await BeginAsync(key);

        var result = await BeginAsync(key, PaymentChannelCode.Alipay);

        Assert.IsType<BeginPaymentResult.KeyConflict>(result);
        Assert.Single(await shop.PaymentsAsync(_order.OrderId));
    }

    [Fact]
    public async Task Two_tabs_with_two_keys_get_one_payment()
    {
        var first = await BegunAsync();
        var second = await BegunAsync();

        Assert.Equal(first.Payment, second.Payment);
        Assert.False(second.Replayed);
    }

    [Fact]
    public async Task Another_channel_closes_the_first_payment_before_it_begins()
    {
        var first = await BegunAsync();
        var second = await BegunAsync(PaymentChannelCode.Alipay);

        var payments = await shop.PaymentsAsync(_order.OrderId);
        Assert.Equal([first.Payment, second.Payment], payments.Select(payment => payment.Id));
        Assert.Equal(
            [PaymentStatus.Cancelled, PaymentStatus.Pending],
            payments.Select(payment => payment.Status)
        );
        Assert.Equal(PaymentReason.Replaced, payments[0].Reason);
        Assert.Contains(shop.Channel.Calls, call => call == new ChannelCall("close", payments[0].OutNo));
    }

    [Fact]
    public async Task A_payment_that_was_made_meanwhile_lets_no_other_begin()
    {
        var first = await shop.PaymentAsync((await BegunAsync()).Payment);
        shop.Channel.Pay(first);

        var result = await BeginAsync(channel: PaymentChannelCode.Alipay);

        Assert.IsType<BeginPaymentResult.NotAllowedNow>(result);
        Assert.Equal(PaymentStatus.Captured, Assert.Single(await shop.PaymentsAsync(_order.OrderId)).Status);
    }

    [Fact]
    public async Task Where_the_close_has_no_answer_the_first_payment_stays_and_is_asked_about()
    {
        var first = await BegunAsync();
        shop.Channel.Close = _ => new Finding.Unknown("silence");

        var result = await BeginAsync(channel: PaymentChannelCode.Alipay);

        Assert.Equal(first.Payment, Assert.IsType<BeginPaymentResult.PaymentOpen>(result).Payment);
        shop.Channel.Reset();
        shop.Channel.Pay(await shop.PaymentAsync(first.Payment));
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.CheckPaymentsAsync();
        var payment = await shop.PaymentAsync(first.Payment);
        Assert.Equal(PaymentStatus.Captured, payment.Status);
        Assert.Equal(payment.Id, (await shop.DueAsync(_order.OrderId)).SettledBy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_begin_without_an_answer_is_asked_for_again_with_the_same_bytes(bool thrown)
    {
        var asked = new List<PaymentOrder>();
        shop.Channel.Begin = order =>
        {
            asked.Add(order);
            return thrown ? throw new HttpRequestException("cut") : new BeginOutcome.Unknown("silence");
        };
        var begun = await BegunAsync();
        Assert.NotNull(begun.PollAfter);
        Assert.Equal(PaymentStatus.Uncertain, (await shop.PaymentAsync(begun.Payment)).Status);

        shop.Channel.Reset();
        var answer = shop.Channel.Begin;
        shop.Channel.Begin = order =>
        {
            asked.Add(order);
            return answer(order);
        };
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.CheckPaymentsAsync();

        Assert.Equal(PaymentStatus.Pending, (await shop.PaymentAsync(begun.Payment)).Status);
        Assert.Equal(2, asked.Count);
        Assert.Equal(asked[0], asked[1]);
    }

    [Fact]
    public async Task A_begin_without_an_answer_that_cannot_be_repeated_makes_room_for_another()
    {
        shop.Channel.Traits = shop.Channel.Traits with { IsRepeatable = _ => false };
        shop.Channel.Begin = _ => new BeginOutcome.Unknown("silence");
        var begun = await BegunAsync();

        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.CheckPaymentsAsync();

        var payment = await shop.PaymentAsync(begun.Payment);
        Assert.Equal((PaymentStatus.Cancelled, PaymentReason.NoAnswer), (payment.Status, payment.Reason));
    }

    [Fact]
    public async Task What_the_channel_refuses_for_good_is_declined_and_another_try_may_begin()
    {
        shop.Channel.Begin = _ => new BeginOutcome.Refused("RULE_LIMIT");

        var refused = Assert.IsType<BeginPaymentResult.ChannelRefused>(await BeginAsync());

        Assert.Equal("RULE_LIMIT", refused.Code);
        Assert.Equal(PaymentStatus.Declined, (await shop.PaymentAsync(refused.Payment)).Status);
        shop.Channel.Reset();
        Assert.NotEqual(refused.Payment, (await BegunAsync()).Payment);
    }

    [Fact]
    public async Task A_channel_that_is_down_is_not_called_and_others_are_offered()
    {
        var payment = await shop.BegunAsync();
        // What went well before is forgotten by then.
        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(31));
        shop.Channel.Query = _ => new Finding.Unknown("down");
        for (var call = 0; call < 20; call++)
        {
            await shop.CheckedAsync(payment);
        }

        var result = await BeginAsync();

        var unavailable = Assert.IsType<BeginPaymentResult.ChannelUnavailable>(result);
        Assert.Equal([PaymentChannelCode.Alipay], unavailable.Others);
        Assert.Empty(await shop.PaymentsAsync(_order.OrderId));
        // Half a minute later it is tried again.
        shop.Shop.Clock.Advance(TimeSpan.FromSeconds(31));
        shop.Channel.Reset();
        Assert.IsType<BeginPaymentResult.Begun>(await BeginAsync());
    }

    [Theory]
    [InlineData(1_000_001, "GBP", typeof(BeginPaymentResult.AmountOutOfRange))]
    [InlineData(1000, "EUR", typeof(BeginPaymentResult.CurrencyNotSupported))]
    public async Task What_the_channel_does_not_take_is_refused_before_anything_is_written(
        long minor,
        string currency,
        Type refusal
    )
    {
        var order = _order with { Total = new(minor, currency) };

        var result = await shop.BeginAsync(order);

        Assert.IsType(refusal, result);
        Assert.Empty(await shop.PaymentsAsync(order.OrderId));
    }

    [Fact]
    public async Task One_that_is_to_be_closed_before_its_begin_is_kept_is_closed_and_opened_for_nobody()
    {
        var answer = shop.Channel.Begin;
        shop.Channel.Begin = order =>
        {
            // The customer has changed their mind meanwhile; that the channel is closed is not known.
            shop.Channel.Close = _ => new Finding.Unknown("silence");
            var id = shop.PaymentsAsync(_order.OrderId).GetAwaiter().GetResult()[0].Id;
            shop.Shop.Get<EndPayment>()
                .RunAsync(
                    id,
                    PaymentReason.Shopper,
                    TimeSpan.FromSeconds(9),
                    [],
                    staff: null,
                    CancellationToken.None
                )
                .GetAwaiter()
                .GetResult();
            return answer(order);
        };

        var begun = await BegunAsync();

        Assert.Null((await shop.PaymentAsync(begun.Payment)).Action);
        shop.Channel.Reset();
        await shop.CheckPaymentsAsync();
        var payment = await shop.PaymentAsync(begun.Payment);
        Assert.Equal((PaymentStatus.Cancelled, PaymentReason.Shopper), (payment.Status, payment.Reason));
    }

    [Fact]
    public async Task Redis_only_spares_work()
    {
        var key = Guid.CreateVersion7();
        var first = Assert.IsType<BeginPaymentResult.Begun>(await BeginAsync(key));
        Assert.True(
            await shop
                .Shop.Get<IConnectionMultiplexer>()
                .GetDatabase()
                .KeyDeleteAsync($"payments:token:{_order.OrderId.Value}:{key:n}")
        );

        var second = Assert.IsType<BeginPaymentResult.Begun>(await BeginAsync(key));

        Assert.Equal(first.Payment, second.Payment);
        Assert.True(second.Replayed);
    }

    private Task<BeginPaymentResult> BeginAsync(
        Guid? key = null,
        PaymentChannelCode channel = PaymentChannelCode.Stripe
    ) => shop.BeginAsync(_order, key, channel);

    private async Task<BeginPaymentResult.Begun> BegunAsync(
        PaymentChannelCode channel = PaymentChannelCode.Stripe
    ) => Assert.IsType<BeginPaymentResult.Begun>(await BeginAsync(channel: channel));
}
