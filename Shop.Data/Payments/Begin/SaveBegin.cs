using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Begin;

/// <summary>Keeps what a channel has answered to a begin. What is known better by then, such as from a notice, stays.</summary>
public sealed class SaveBegin(DueBooks dues, PaymentAccounts accounts, TimeProvider clock)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pollAfter = TimeSpan.FromSeconds(3);

    /// <returns>What the client is told.</returns>
    internal async Task<BeginPaymentResult> RunAsync(
        Payment asked,
        BeginOutcome outcome,
        bool isReplay,
        IReadOnlyCollection<string> subjects
    )
    {
        using var late = new CancellationTokenSource(_limit);
        await using var book = await dues.OpenAsync(asked.OrderId, late.Token);
        book.Subjects = subjects;
        var payment = book.Of(asked.Id);
        if (Apply(book, payment, outcome))
        {
            book.Changed(payment);
        }

        await book.CommitAsync(late.Token);
        return outcome is BeginOutcome.Refused(var code) && payment.Status == PaymentStatus.Declined
            ? new BeginPaymentResult.ChannelRefused(payment.Id, code)
            : Of(payment, isReplay);
    }

    /// <summary>What the client is told of a payment.</summary>
    internal BeginPaymentResult Of(Payment payment, bool isReplay) =>
        new BeginPaymentResult.Begun(
            payment.Id,
            isReplay,
            payment.Status is PaymentStatus.Begun or PaymentStatus.Uncertain
                ? clock.GetUtcNow() + _pollAfter
                : null
        );

    private bool Apply(DueBook book, Payment payment, BeginOutcome outcome)
    {
        switch (outcome)
        {
            case BeginOutcome.Ready ready when payment.TryReady(ready):
                var traits = accounts.Find(payment.Channel, payment.Account)!.Traits;
                payment.CheckAt(
                    payment.Closing is null ? PaymentSchedule.Pending(payment, traits, book.Now) : book.Now
                );
                return true;
            case BeginOutcome.Refused when payment.TryEnd(PaymentStatus.Declined, PaymentReason.Refused):
                payment.CheckAt(PaymentSchedule.Closed(payment, book.Now));
                return true;
            case BeginOutcome.Unknown when payment.Status.IsOpen():
                payment.CheckAt(book.Now + PaymentSchedule.Uncertain(payment.Checks), payment.Checks + 1);
                return payment.TryUncertain();
            default:
                return false;
        }
    }
}
