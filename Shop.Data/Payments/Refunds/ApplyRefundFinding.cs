using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Payments.Refunds;

/// <summary>The one place where what a channel says moves a refund.</summary>
public sealed class ApplyRefundFinding(
    IOptions<PaymentOptions> options,
    NewId newId,
    ILogger<ApplyRefundFinding> log
)
{
    /// <returns>Whether it told something new.</returns>
    internal async Task<bool> RunAsync(
        DueBook book,
        Payment payment,
        Refund refund,
        RefundFinding finding,
        CancellationToken cancel
    )
    {
        switch (finding)
        {
            case RefundFinding.Done(var reference) when refund.Status.IsOpen():
                refund.Succeed(reference, book.Now);
                payment.GiveBack(refund.AmountMinor);
                book.Changed(payment);
                book.TellRefunded(payment, refund);
                return true;
            case RefundFinding.Accepted(var reference) when refund.Status.IsOpen():
                refund.Accept(reference);
                book.Changed(payment);
                return true;
            case RefundFinding.Refused(var code, Again: true) when refund.Status.IsOpen():
                refund.TryLater(code);
                return true;
            case RefundFinding.Refused(var code, Again: false) when refund.Status.IsOpen():
                Fail(book, payment, refund, code);
                return true;
            // Stripe may find out days later that the customer's bank did not take it.
            case RefundFinding.Refused(var code, _) when refund.Status == RefundStatus.Succeeded:
                await LoseAsync(book, payment, refund, code, cancel);
                return true;
            case RefundFinding.Stuck(var code)
                when refund.Status.IsOpen() && refund.Status != RefundStatus.Stuck:
                refund.Stick(code);
                log.RefundStuck(refund.Id.Value, code);
                TellFailed(book, payment, refund);
                return true;
            case RefundFinding.Unknown or RefundFinding.NotFound when refund.Status.IsOpen():
                refund.Doubt();
                return true;
            default:
                return false;
        }
    }

    /// <summary>A refund that was made at the channel's own desk.</summary>
    /// <returns>False where it is known, or tells of no money that went back.</returns>
    internal bool Foreign(DueBook book, Payment payment, NoticeReading.OfRefund notice)
    {
        if (
            notice is not { Minor: { } minor, Finding: RefundFinding.Done(var reference) }
            || book.RefundsOf(payment).Any(refund => refund.Reference == reference)
            || !payment.TryGiveBackForeign(minor)
        )
        {
            return false;
        }

        var id = newId.Next<RefundId>();
        var refund = Refund.Foreign(
            id,
            payment,
            OutNumbers.Of(options.Value.Mark, id),
            reference,
            minor,
            book.Now
        );
        book.Add(refund);
        book.TellRefunded(payment, refund);
        return true;
    }

    private static void Fail(DueBook book, Payment payment, Refund refund, string code)
    {
        refund.Fail(code, book.Now);
        payment.Free(refund.AmountMinor);
        TellFailed(book, payment, refund);
    }

    private async Task LoseAsync(
        DueBook book,
        Payment payment,
        Refund refund,
        string code,
        CancellationToken cancel
    )
    {
        refund.Fail(code, book.Now);
        payment.LoseRefund(refund.AmountMinor);
        if (book.Due.SettledBy == payment.Id)
        {
            book.Due.GiveBack(-refund.AmountMinor);
        }

        TellFailed(book, payment, refund);
        await book.NoteAsync(
            new()
            {
                Id = newId.Next<DifferenceId>(),
                Kind = DifferenceKind.RefundLost,
                Channel = payment.Channel,
                Account = payment.Account,
                // At the desk where it was made nobody knows the shop's number.
                Subject = refund.Reason == RefundReason.Foreign ? refund.Reference! : refund.OutNo,
                PaymentId = payment.Id,
                HereMinor = refund.AmountMinor,
                ThereMinor = 0,
                Currency = payment.Currency,
                FoundAt = book.Now,
            },
            cancel
        );
    }

    private static void TellFailed(DueBook book, Payment payment, Refund refund)
    {
        book.Changed(payment);
        book.Tell(
            new RefundFailed(book.Due.OrderId, refund.Id, refund.AmountMinor, payment.Currency),
            payment
        );
    }
}
