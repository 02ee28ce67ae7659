using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments;

/// <summary>Finds payments by what the shop and its channels call them. Reads the primary, and locks nothing: <see cref="DueBooks"/> does.</summary>
public sealed class PaymentLookup(Database<PaymentsDb> database)
{
    /// <summary>A payment as it is; null where there is none.</summary>
    internal async Task<Payment?> FindAsync(PaymentId id, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.Payments.SingleOrDefaultAsync(payment => payment.Id == id, cancel);
    }

    /// <summary>The order that a payment is for; null where there is no such payment.</summary>
    internal async Task<OrderId?> OrderOfAsync(PaymentId id, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db
            .Payments.Where(payment => payment.Id == id)
            .Select(payment => (OrderId?)payment.OrderId)
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>The payment of an account that has the shop's number; null where there is none.</summary>
    internal Task<FoundPayment?> ByOutNoAsync(
        PaymentAccount account,
        string outNo,
        CancellationToken cancel
    ) => FindAsync(account, payment => payment.OutNo == outNo, cancel);

    /// <summary>The payment of an account that has the channel's number; null where there is none.</summary>
    internal Task<FoundPayment?> ByReferenceAsync(
        PaymentAccount account,
        string reference,
        CancellationToken cancel
    ) => FindAsync(account, payment => payment.Reference == reference, cancel);

    /// <summary>
    /// The payment that a refund is of, by whichever number a notice has: the shop's for the payment or for the refund, or, where it
    /// was made at the channel's own desk, the channel's. Null where there is none.
    /// </summary>
    internal async Task<FoundPayment?> RefundedAsync(
        PaymentAccount account,
        NoticeReading.OfRefund notice,
        CancellationToken cancel
    ) =>
        notice.PaymentOutNo is { } outNo ? await ByOutNoAsync(account, outNo, cancel)
        : await OfRefundAsync(notice.OutNo, cancel) is { } id
            ? await FindAsync(account, payment => payment.Id == id, cancel)
        : notice.PaymentReference is { } reference ? await ByReferenceAsync(account, reference, cancel)
        : null;

    private async Task<PaymentId?> OfRefundAsync(string? outNo, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db
            .Refunds.Where(refund => refund.OutNo == outNo)
            .Select(refund => (PaymentId?)refund.PaymentId)
            .SingleOrDefaultAsync(cancel);
    }

    private async Task<FoundPayment?> FindAsync(
        PaymentAccount account,
        Expression<Func<Payment, bool>> which,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        return await db
            .Payments.Where(payment =>
                payment.Channel == account.Traits.Code && payment.Account == account.Name
            )
            .Where(which)
            .Select(payment => new FoundPayment(payment.OrderId, payment.Id))
            .SingleOrDefaultAsync(cancel);
    }
}

/// <summary>A payment, and the order whose due is locked to change it.</summary>
internal sealed record FoundPayment(OrderId Order, PaymentId Id);
