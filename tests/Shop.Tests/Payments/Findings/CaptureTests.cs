using Shop.Data.Kernel;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Refunds;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>Money that a channel holds, until staff takes it or lets it go.</summary>
public sealed class CaptureTests(PaymentShop shop) : IClassFixture<PaymentShop>, IDisposable
{
    public void Dispose() => shop.Channel.Reset();

    [Fact]
    public async Task What_is_held_is_taken_once_and_pays_the_order()
    {
        var (payment, key, actor) = (
            await HeldAsync(),
            Guid.CreateVersion7(),
            shop.Shop.Get<NewId>().Next<CustomerId>()
        );
        shop.Channel.Pay(payment);

        var first = await CaptureAsync(payment, key, actor);
        var second = await CaptureAsync(payment, key, actor);

        Assert.False(Assert.IsType<PaymentChangeResult.Done>(first).Replayed);
        Assert.True(Assert.IsType<PaymentChangeResult.Done>(second).Replayed);
        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
        Assert.Equal(payment.Id, (await shop.DueAsync(payment.OrderId)).SettledBy);
        Assert.Single(shop.Channel.Calls, call => call == new ChannelCall("capture", payment.OutNo));
    }

    [Fact]
    public async Task An_order_waits_for_money_that_is_held_until_the_hold_ends()
    {
        var payment = await HeldAsync();
        Assert.Null(payment.Action);
        var due = await shop.DueAsync(payment.OrderId);
        Assert.Equal(shop.Shop.Clock.GetUtcNow().AddDays(7).AddMinutes(3), due.ClosesAt);
        shop.Shop.Clock.Advance(TimeSpan.FromDays(6));
        await shop.CheckPaymentsAsync();
        Assert.Equal(PaymentStatus.Authorized, (await shop.PaymentAsync(payment.Id)).Status);

        shop.Channel.Pay(payment);
        await CaptureAsync(payment, Guid.CreateVersion7(), shop.Shop.Get<NewId>().Next<CustomerId>());

        Assert.Equal(payment.Id, (await shop.DueAsync(payment.OrderId)).SettledBy);
        Assert.Equal(["payments.due_moved", "payments.order_paid"], await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task What_nobody_takes_ends_with_its_hold_and_the_order_does_not_wait_on()
    {
        var payment = await HeldAsync();
        shop.Channel.Query = _ => new Finding.Waiting();
        shop.Shop.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(5));

        await shop.CheckPaymentsAsync();

        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal(PaymentStatus.Expired, payment.Status);
        Assert.Equal(["payments.due_moved"], await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task What_is_held_too_late_holds_no_order()
    {
        shop.Channel.Traits = shop.Channel.Traits with { HoldTerm = TimeSpan.FromDays(7) };
        var payment = await shop.BegunAsync();
        shop.Channel.Query = Held;
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(34));
        shop.Channel.Close = _ => new Finding.Unknown("not asked yet");
        await shop.NoticeAsync(
            new NoticeReading.OfPayment(
                payment.OutNo,
                payment.OutNo,
                Held(payment.OutNo, payment.AmountMinor)
            )
        );
        Assert.Equal(PaymentStatus.Authorized, (await shop.PaymentAsync(payment.Id)).Status);

        shop.Channel.Close = _ => new Finding.Closed();
        shop.Channel.Query = _ => new Finding.Closed();
        await shop.CheckedAsync(payment);

        Assert.Equal(PaymentStatus.Expired, (await shop.PaymentAsync(payment.Id)).Status);
        Assert.Empty(await shop.ToldAsync(payment.OrderId));
    }

    [Fact]
    public async Task A_capture_without_an_answer_is_asked_about()
    {
        var payment = await HeldAsync();
        shop.Channel.Capture = (_, _) => new Finding.Unknown("timed out after the effect");
        await CaptureAsync(payment, Guid.CreateVersion7(), shop.Shop.Get<NewId>().Next<CustomerId>());
        Assert.Equal(PaymentStatus.Authorized, (await shop.PaymentAsync(payment.Id)).Status);

        shop.Channel.Reset();
        shop.Channel.Pay(payment);
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.CheckPaymentsAsync();

        Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
    }

    [Fact]
    public async Task What_is_let_go_is_closed_and_nothing_was_taken()
    {
        var payment = await HeldAsync();
        shop.Channel.Query = _ => new Finding.Closed();

        var result = await shop
            .Shop.Get<EndPayment>()
            .RunAsync(
                payment.Id,
                PaymentReason.Voided,
                TimeSpan.FromSeconds(15),
                [],
                staff: new(7),
                CancellationToken.None
            );

        Assert.Equal(EndPaymentResult.Ended, result);
        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal(
            (PaymentStatus.Cancelled, PaymentReason.Voided, 0),
            (payment.Status, payment.Reason, payment.CapturedMinor)
        );
        Assert.Equal(
            1,
            await shop.CountAsync(
                $"payments.audit_entry where action = 'paymentVoid' and actor_id = 7 and subject_id = {payment.Id.Value}"
            )
        );
        var now = shop.Shop.Clock.GetUtcNow();
        // As long as the try had, and the three minutes after it.
        Assert.Equal(now.AddMinutes(33), (await shop.DueAsync(payment.OrderId)).ClosesAt);
        Assert.Equal(["payments.due_moved", "payments.due_moved"], await shop.ToldAsync(payment.OrderId));
    }

    private async Task<Payment> HeldAsync()
    {
        shop.Channel.Traits = shop.Channel.Traits with { HoldTerm = TimeSpan.FromDays(7) };
        var payment = await shop.BegunAsync();
        shop.Channel.Query = Held;
        payment = await shop.CheckedAsync(payment);
        Assert.Equal(PaymentStatus.Authorized, payment.Status);
        return payment;
    }

    private static Finding.Held Held(PaymentRef asked) => Held(asked.OutNo, asked.Amount.Minor);

    private static Finding.Held Held(string outNo, long minor) =>
        new(new(outNo, $"ref-{outNo}", minor, "GBP", "merchant"));

    private Task<PaymentChangeResult> CaptureAsync(Payment payment, Guid key, CustomerId actor) =>
        shop.Shop.Get<CapturePayment>().RunAsync(key, payment.Id, actor, CancellationToken.None);
}
