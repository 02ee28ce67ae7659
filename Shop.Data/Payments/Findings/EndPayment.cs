using Microsoft.Extensions.Options;
using Shop.Data.Audit;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Findings;

/// <summary>How the end of a payment can end.</summary>
public enum EndPaymentResult
{
    /// <summary>It can't be paid any more, as far as its channel knows.</summary>
    Ended,

    /// <summary>It was paid before.</summary>
    Paid,

    /// <summary>Whether it is closed is not known; the shop goes on asking.</summary>
    Unknown,

    /// <summary>There is no such payment.</summary>
    NotFound,
}

/// <summary>
/// Closes a payment at its channel, for the customer or for another try. That it is to be closed is written down first, so that
/// a job goes on where this one stops.
/// </summary>
public sealed class EndPayment(
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    ApplyFinding apply,
    IOptions<PaymentOptions> options,
    NewId newId
)
{
    /// <param name="id">Which.</param>
    /// <param name="why">Why.</param>
    /// <param name="rest">How long it may take; a call to a channel has its own limit as well.</param>
    /// <param name="subjects">On whose behalf, for <see cref="WritePositions"/>.</param>
    /// <param name="staff">Who of staff, for the audit; null where the customer or the shop does it.</param>
    /// <param name="cancel">Ends it; what was written down is done by a job.</param>
    public async Task<EndPaymentResult> RunAsync(
        PaymentId id,
        PaymentReason why,
        TimeSpan rest,
        IReadOnlyCollection<string> subjects,
        CustomerId? staff,
        CancellationToken cancel
    )
    {
        if (await MarkAsync(id, why, subjects, staff, cancel) is not { } payment)
        {
            return EndPaymentResult.NotFound;
        }

        if (!payment.Status.IsOpen())
        {
            return Of(payment);
        }

        // Two calls have to fit in.
        var limit = rest / 2 < options.Value.CallLimit ? rest / 2 : options.Value.CallLimit;
        if (limit <= TimeSpan.Zero || accounts.Find(payment.Channel, payment.Account) is not { } account)
        {
            return EndPaymentResult.Unknown;
        }

        var finding = await account.EndAsync(payment, limit, cancel);
        StopPoint.Reach("payment closed at its channel, not here");
        await using var book = await dues.OpenAsync(payment.OrderId, CancellationToken.None);
        book.Subjects = subjects;
        var now = book.Of(id);
        await apply.RunAsync(book, now, account, finding, FindingSource.Answer, CancellationToken.None);
        await book.CommitAsync(CancellationToken.None);
        return Of(now);
    }

    private async Task<Payment?> MarkAsync(
        PaymentId id,
        PaymentReason why,
        IReadOnlyCollection<string> subjects,
        CustomerId? staff,
        CancellationToken cancel
    )
    {
        if (await payments.OrderOfAsync(id, cancel) is not { } whose)
        {
            return null;
        }

        await using var book = await dues.OpenAsync(whose, cancel);
        book.Subjects = subjects;
        var payment = book.Of(id);
        if (payment.TryClose(why))
        {
            // Not at once: it is asked about right now.
            payment.CheckAt(book.Now + PaymentSchedule.BeginsDeadAfter);
            book.Changed(payment);
            if (staff is { } actor)
            {
                var audit = new AuditTrail(actor, "paymentVoid", book.Now, newId);
                audit.Note("Payment", id, new { Status = $"{payment.Status}" }, new { Closing = $"{why}" });
                await audit.WriteAsync(book.Connection, "payments", cancel);
            }
        }

        await book.CommitAsync(cancel);
        return payment;
    }

    private static EndPaymentResult Of(Payment payment) =>
        payment.Status.IsTaken() ? EndPaymentResult.Paid
        : payment.Status.IsOpen() ? EndPaymentResult.Unknown
        : EndPaymentResult.Ended;
}
