using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Findings;

/// <summary>Money that a channel holds for an open payment: how long its order waits for it, and what its end does.</summary>
internal static class HeldMoney
{
    /// <summary>It is held; its order waits as long as it is, unless it does not wait any more.</summary>
    /// <returns>False where that was known.</returns>
    public static bool Hold(DueBook book, Payment payment, ChannelTraits traits, Receipt receipt)
    {
        if (!payment.TryHold(receipt))
        {
            return false;
        }

        if (traits.HoldTerm is { } term && payment.Closing is null && book.Due.IsOpen(book.Now))
        {
            var end = (receipt.PaidAt ?? book.Now) + term;
            book.MoveDue(payment, payment.ExpiresAt, end);
            payment.HoldUntil(end);
        }

        return true;
    }

    /// <summary>It is closed, for a reason or by the end of its time.</summary>
    /// <returns>False where it had ended before.</returns>
    public static bool End(DueBook book, Payment payment) =>
        payment.Closing is { } why ? End(book, payment, PaymentStatus.Cancelled, why)
        : book.Now >= payment.ExpiresAt ? End(book, payment, PaymentStatus.Expired, null)
        : End(book, payment, PaymentStatus.Cancelled, null);

    /// <summary>It has ended. Where money was held until now, its order waits for another try, as long as it did for this one.</summary>
    /// <returns>False where it had ended before.</returns>
    public static bool End(DueBook book, Payment payment, PaymentStatus closed, PaymentReason? reason)
    {
        var end = payment.ExpiresAt;
        if (!payment.TryEnd(closed, reason))
        {
            return false;
        }

        if (end > payment.ExpiresAt && end > book.Now && book.Due.IsOpen(book.Now))
        {
            book.MoveDue(payment, end, book.Now + (payment.ExpiresAt - payment.BegunAt));
        }

        return true;
    }
}
