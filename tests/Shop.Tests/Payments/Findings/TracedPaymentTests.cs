using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>Who follows a payment finds all that came of it, in whichever process.</summary>
public sealed class TracedPaymentTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Fact]
    public async Task What_comes_later_names_the_trace_in_which_the_payment_was_begun()
    {
        var (names, begun) = (new ConcurrentBag<string>(), ActivityTraceId.CreateRandom());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Shop.Payments" or "the client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.Links.Any(link => link.Context.TraceId == begun))
                {
                    names.Add(span.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var client = new ActivitySource("the client");
        Payment payment;
        using (
            client.StartActivity(
                ActivityKind.Client,
                new ActivityContext(begun, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded),
                name: "pay"
            )
        )
        {
            payment = await shop.BegunAsync();
        }

        var receipt = shop.Channel.Pay(payment);
        await shop.CheckedAsync(payment);
        await shop.NoticeAsync(
            new NoticeReading.OfPayment("traced", payment.OutNo, new Finding.Paid(receipt))
        );

        Assert.Equal(["payments.check", "payments.notice"], names.Order(StringComparer.Ordinal));
    }
}
