using Shop.Data.Payments;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>Asking channels about many payments, some of which they do not answer.</summary>
public sealed class CheckPaymentsTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    // One more than a worker has in hand.
    private const int Many = 101;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_question_that_is_not_answered_holds_up_none_of_those_behind_it()
    {
        var payments = new List<Payment>();
        while (payments.Count < Many)
        {
            payments.Add(await shop.BegunAsync());
            shop.Channel.Pay(payments[^1]);
        }

        var (held, answered) = (0, 0);
        var (end, others) = (new TaskCompletionSource(), new TaskCompletionSource());
        var query = shop.Channel.Query;
        shop.Channel.Pause = _ => Interlocked.Exchange(ref held, 1) == 0 ? end.Task : Task.CompletedTask;
        shop.Channel.Query = payment =>
        {
            if (Interlocked.Increment(ref answered) == Many - 1)
            {
                others.SetResult();
            }

            return query(payment);
        };
        shop.Shop.Clock.Advance(TimeSpan.FromMinutes(2));

        var checking = shop.CheckPaymentsAsync();
        await others.Task.WaitAsync(_patience);

        end.SetResult();
        await checking;
        foreach (var payment in payments)
        {
            Assert.Equal(PaymentStatus.Captured, (await shop.PaymentAsync(payment.Id)).Status);
        }
    }
}
