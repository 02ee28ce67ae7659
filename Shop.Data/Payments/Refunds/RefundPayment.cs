using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Payments.Channels;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Payments.Refunds;

/// <summary>A member of staff gives money back.</summary>
/// <param name="IdempotencyKey">Chosen by the client; a repeated call changes nothing.</param>
/// <param name="Payment">Of which payment.</param>
/// <param name="Minor">How much, in minor units; null for all that is left.</param>
/// <param name="Reason">Why: requested, returned or goodwill.</param>
/// <param name="Note">Kept with the refund; null for none. At most 500 characters.</param>
/// <param name="GoodsBack">Whether the goods are back, so that they can be sold again.</param>
/// <param name="IfVersion">Refused unless the payment is at this version; null asks for none.</param>
/// <param name="Actor">Who.</param>
/// <param name="InPlaceOf">The refund that failed and is tried anew; null for none.</param>
public sealed record RefundPaymentRequest(
    Guid IdempotencyKey,
    PaymentId Payment,
    long? Minor,
    RefundReason Reason,
    string? Note,
    bool GoodsBack,
    int? IfVersion,
    CustomerId Actor,
    RefundId? InPlaceOf = null
);

/// <summary>Every way the change of a payment by staff can end that staff can do something about.</summary>
public abstract record PaymentChangeResult
{
    private PaymentChangeResult() { }

    /// <summary>It is done, now or by an earlier call with this key.</summary>
    public sealed record Done(PaymentId Payment, bool Replayed) : PaymentChangeResult;

    /// <summary>There is no such payment, or no such refund.</summary>
    public sealed record NotFound : PaymentChangeResult;

    /// <summary>It is at another version than was expected.</summary>
    public sealed record VersionConflict(int Version) : PaymentChangeResult;

    /// <summary>There is not so much left.</summary>
    /// <param name="LeftMinor">What is left, in minor units of the currency that was taken.</param>
    /// <param name="Currency">ISO 4217.</param>
    public sealed record TooMuch(long LeftMinor, string Currency) : PaymentChangeResult;

    /// <summary>It can't be done now.</summary>
    /// <param name="Why">In words.</param>
    public sealed record NotAllowedNow(string Why) : PaymentChangeResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : PaymentChangeResult;
}

/// <summary>Writes a refund and keeps its money aside: all that go at once share what there is. A job brings it to the channel.</summary>
public sealed class RefundPayment(
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    IOptions<PaymentOptions> options,
    NewId newId
)
{
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<PaymentChangeResult> RunAsync(RefundPaymentRequest request, CancellationToken cancel)
    {
        await using var book = await OpenAsync(request.Payment, cancel);
        if (book is null)
        {
            return new PaymentChangeResult.NotFound();
        }

        book.Subjects = [WritePositions.SubjectOf(request.Actor)];
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "payments");
        var earlier = await call.BeginAsync(book.Connection, request.Payment.Value, book.Now, cancel);
        if (earlier is not null)
        {
            return earlier.SubjectId is { } first
                ? new PaymentChangeResult.Done(new(first), Replayed: true)
                : new PaymentChangeResult.KeyConflict();
        }

        var payment = book.Of(request.Payment);
        if (WhyNot(book, payment, request) is { } refusal)
        {
            return refusal;
        }

        if (!await TryWriteAsync(book, payment, request, cancel))
        {
            return new PaymentChangeResult.TooMuch(
                payment.RefundableMinor,
                payment.CapturedCurrency ?? payment.Currency
            );
        }

        await book.CommitAsync(cancel);
        return new PaymentChangeResult.Done(payment.Id, Replayed: false);
    }

    /// <returns>False where there is not so much left.</returns>
    private async Task<bool> TryWriteAsync(
        DueBook book,
        Payment payment,
        RefundPaymentRequest request,
        CancellationToken cancel
    )
    {
        var (id, before) = (newId.Next<RefundId>(), payment.RefundingMinor);
        var minor = request.Minor ?? payment.RefundableMinor;
        if (!payment.TryReserve(minor))
        {
            return false;
        }

        book.Add(
            Refund.Request(
                id,
                payment,
                OutNumbers.Of(options.Value.Mark, id),
                minor,
                request.Reason,
                book.Now,
                request.Actor,
                request.Note,
                request.GoodsBack
            )
        );
        var action = request.InPlaceOf is null ? "paymentRefund" : "refundRetry";
        var audit = new AuditTrail(request.Actor, action, book.Now, newId);
        audit.Note(
            "Payment",
            payment.Id,
            new { RefundingMinor = before },
            new
            {
                payment.RefundingMinor,
                Refund = id,
                Minor = minor,
                Reason = $"{request.Reason}",
                request.GoodsBack,
                request.InPlaceOf,
            }
        );
        await audit.WriteAsync(book.Connection, "payments", cancel);
        return true;
    }

    private PaymentChangeResult? WhyNot(DueBook book, Payment payment, RefundPaymentRequest request) =>
        request.IfVersion is { } version && version != payment.Version
            ? new PaymentChangeResult.VersionConflict(payment.Version)
        : !payment.Status.IsTaken()
            ? new PaymentChangeResult.NotAllowedNow("Nothing was taken that could go back.")
        : book.RefundsOf(payment).Count() >= Payment.MaxRefunds
            ? new PaymentChangeResult.NotAllowedNow($"A payment has at most {Payment.MaxRefunds} refunds.")
        : accounts.Find(payment.Channel, payment.Account) is { } account
        && book.Now > payment.BegunAt + account.Traits.RefundTerm
            ? new PaymentChangeResult.NotAllowedNow("The channel gives money back for so long no more.")
        : null;

    private async Task<DueBook?> OpenAsync(PaymentId id, CancellationToken cancel) =>
        await payments.OrderOfAsync(id, cancel) is { } order ? await dues.OpenAsync(order, cancel) : null;
}
