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
            .RunAsync(payment.Id, PaymentReason.Voided, TimeSpan.FromSeconds(15), [], CancellationToken.None);

        Assert.Equal(EndPaymentResult.Ended, result);
        payment = await shop.PaymentAsync(payment.Id);
        Assert.Equal(
            (PaymentStatus.Cancelled, PaymentReason.Voided, 0),
            (payment.Status, payment.Reason, payment.CapturedMinor)
        );
    }

    private async Task<Payment> HeldAsync()
    {
        shop.Channel.Traits = shop.Channel.Traits with { CanCapture = true };
        var payment = await shop.BegunAsync();
        shop.Channel.Query = asked => new Finding.Held(
            new(asked.OutNo, $"ref-{asked.OutNo}", asked.Amount.Minor, "GBP", "merchant")
        );
        payment = await shop.CheckedAsync(payment);
        Assert.Equal(PaymentStatus.Authorized, payment.Status);
        return payment;
    }

    private Task<PaymentChangeResult> CaptureAsync(Payment payment, Guid key, CustomerId actor) =>
        shop.Shop.Get<CapturePayment>().RunAsync(key, payment.Id, actor, CancellationToken.None);
}
