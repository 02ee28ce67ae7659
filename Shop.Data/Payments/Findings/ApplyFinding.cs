using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Payments.Findings;

/// <summary>On what a finding stands.</summary>
internal enum FindingSource
{
    /// <summary>The channel sent it by itself: what is odd about it is asked about.</summary>
    Notice,

    /// <summary>The channel was asked: this is how it is.</summary>
    Answer,
}

/// <summary>
/// The one place where what a channel says moves a payment. No failure, close, expiry or older news lowers what is known; money
/// that arrives settles its due or goes back by itself.
/// </summary>
public sealed class ApplyFinding(IOptions<PaymentOptions> options, NewId newId, ILogger<ApplyFinding> log)
{
    /// <returns>What was made of it.</returns>
    internal async Task<NoticeOutcome> RunAsync(
        DueBook book,
        Payment payment,
        PaymentAccount account,
        Finding finding,
        FindingSource source,
        CancellationToken cancel
    )
    {
        switch (finding)
        {
            case Finding.Paid(var receipt):
                return await PaidAsync(book, payment, account, receipt, source, cancel);
            case Finding.Held(var receipt):
                return IsAsAsked(payment, account.Traits, receipt)
                    ? Note(book, payment, HeldMoney.Hold(book, payment, account.Traits, receipt))
                    : Ask(book, payment);
            case Finding.Closed:
                return Note(book, payment, HeldMoney.End(book, payment));
            case Finding.Refused:
                return Note(
                    book,
                    payment,
                    HeldMoney.End(book, payment, PaymentStatus.Declined, PaymentReason.Refused)
                );
            case Finding.NotFound when book.Now >= payment.ExpiresAt && source == FindingSource.Answer:
                return Note(book, payment, HeldMoney.End(book, payment));
            default:
                return NoticeOutcome.NothingNew;
        }
    }

    private async Task<NoticeOutcome> PaidAsync(
        DueBook book,
        Payment payment,
        PaymentAccount account,
        Receipt receipt,
        FindingSource source,
        CancellationToken cancel
    )
    {
        if (payment.Status.IsTaken())
        {
            return NoticeOutcome.NothingNew;
        }

        var isAsAsked = IsAsAsked(payment, account.Traits, receipt);
        if (source == FindingSource.Notice && (!isAsAsked || account.Traits.ConfirmByQuery))
        {
            return Ask(book, payment);
        }

        payment.TryCapture(receipt);
        payment.CheckAt(null);
        book.Changed(payment);
        if (!isAsAsked)
        {
            await MismatchAsync(book, payment, receipt, cancel);
        }
        else if (book.Due.IsOpen(book.Now))
        {
            Settle(book, payment);
        }
        else if (book.Due.SettledBy is not null)
        {
            GiveBack(book, payment, PaymentReason.Surplus, RefundReason.Surplus);
        }
        else if (book.Due.ClosedAt is not null)
        {
            GiveBack(book, payment, PaymentReason.OrderClosed, RefundReason.OrderClosed);
        }
        else
        {
            GiveBack(book, payment, PaymentReason.Late, RefundReason.Late);
        }

        return NoticeOutcome.Applied;
    }

    private static void Settle(DueBook book, Payment payment)
    {
        book.Due.Settle(payment);
        book.Tell(new OrderPaid(book.Due.OrderId, payment.Id, payment.CapturedMinor), payment);
        if (book.Open is { } other && other.TryClose(PaymentReason.Replaced))
        {
            other.CheckAt(book.Now);
            book.Changed(other);
        }
    }

    private async Task MismatchAsync(DueBook book, Payment payment, Receipt receipt, CancellationToken cancel)
    {
        var what = $"{receipt.Minor} {receipt.Currency} instead of {payment.AmountMinor} {payment.Currency}";
        log.Mismatch(payment.Id.Value, what);
        await book.NoteAsync(
            new()
            {
                Id = newId.Next<DifferenceId>(),
                Kind = DifferenceKind.Mismatch,
                Channel = payment.Channel,
                Account = payment.Account,
                Subject = payment.OutNo,
                PaymentId = payment.Id,
                HereMinor = payment.AmountMinor,
                ThereMinor = receipt.Minor,
                Currency = receipt.Currency,
                FoundAt = book.Now,
            },
            cancel
        );
        if (options.Value.OnMismatch == MismatchPolicy.Refund)
        {
            GiveBack(book, payment, PaymentReason.Mismatch, RefundReason.Mismatch);
        }
        else
        {
            payment.Say(PaymentReason.Mismatch);
        }
    }

    private void GiveBack(DueBook book, Payment payment, PaymentReason why, RefundReason reason)
    {
        payment.Say(why);
        var minor = payment.RefundableMinor;
        if (payment.TryReserve(minor))
        {
            var id = newId.Next<RefundId>();
            book.Add(
                Refund.Request(id, payment, OutNumbers.Of(options.Value.Mark, id), minor, reason, book.Now)
            );
        }
    }

    private static NoticeOutcome Note(DueBook book, Payment payment, bool isNew)
    {
        if (isNew)
        {
            payment.CheckAt(
                payment.Status.IsOpen() ? payment.NextCheckAt : PaymentSchedule.Closed(payment, book.Now)
            );
            book.Changed(payment);
        }

        return isNew ? NoticeOutcome.Applied : NoticeOutcome.NothingNew;
    }

    /// <summary>It is not believed by itself: the channel is asked.</summary>
    internal static NoticeOutcome Ask(DueBook book, Payment payment)
    {
        payment.CheckAt(book.Now);
        return NoticeOutcome.Asked;
    }

    // What a message does not say can't differ.
    private static bool IsAsAsked(Payment payment, ChannelTraits traits, Receipt receipt) =>
        receipt.OutNo == payment.OutNo
        && receipt.Minor == payment.AmountMinor
        && receipt.Currency == payment.Currency
        && (receipt.Merchant ?? traits.Merchant) == traits.Merchant
        && (receipt.App is null || traits.Apps.Contains(receipt.App))
        && (receipt.Token ?? payment.Request.Token) == payment.Request.Token
        && (payment.Reference ?? receipt.Reference) == receipt.Reference;
}
