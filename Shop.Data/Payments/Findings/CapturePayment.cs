using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Refunds;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Payments.Findings;

/// <summary>
/// Takes all of the money that is held by a payment, at the wish of staff. That it was asked for is written down first; a call
/// without an answer is asked about by a job, never guessed.
/// </summary>
public sealed class CapturePayment(
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    ApplyFinding apply,
    IOptions<PaymentOptions> options,
    NewId newId
)
{
    /// <param name="key">Chosen by the client; a repeated call changes nothing.</param>
    /// <param name="id">Which payment; it has to be authorized.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends it; what was written down is followed up by a job.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<PaymentChangeResult> RunAsync(
        Guid key,
        PaymentId id,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        if (await payments.FindAsync(id, cancel) is not { } payment)
        {
            return new PaymentChangeResult.NotFound();
        }

        if (accounts.Find(payment.Channel, payment.Account) is not { Traits.HoldTerm: not null } account)
        {
            return new PaymentChangeResult.NotAllowedNow("Its channel holds no money.");
        }

        if (await NoteAsync(key, payment, actor, cancel) is { } result)
        {
            return result;
        }

        var finding = await account.CaptureAsync(
            payment.Ref,
            payment.AmountMinor,
            options.Value.CallLimit,
            CancellationToken.None
        );
        await using var book = await dues.OpenAsync(payment.OrderId, CancellationToken.None);
        book.Subjects = [WritePositions.SubjectOf(actor)];
        var now = book.Of(id);
        await apply.RunAsync(book, now, account, finding, FindingSource.Answer, CancellationToken.None);
        await book.CommitAsync(CancellationToken.None);
        return new PaymentChangeResult.Done(id, Replayed: false);
    }

    /// <returns>The end of it; null where the channel is to be asked.</returns>
    private async Task<PaymentChangeResult?> NoteAsync(
        Guid key,
        Payment asked,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var book = await dues.OpenAsync(asked.OrderId, cancel);
        var call = IdempotentCall.Of(
            key,
            new
            {
                Action = "paymentCapture",
                asked.Id,
                actor,
            },
            "payments"
        );
        if (await call.BeginAsync(book.Connection, asked.Id.Value, book.Now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new PaymentChangeResult.Done(new(first), Replayed: true)
                : new PaymentChangeResult.KeyConflict();
        }

        var payment = book.Of(asked.Id);
        if (payment.Status != PaymentStatus.Authorized)
        {
            return new PaymentChangeResult.NotAllowedNow("Only money that is held can be taken.");
        }

        payment.CheckAt(book.Now + PaymentSchedule.BeginsDeadAfter);
        var audit = new AuditTrail(actor, "paymentCapture", book.Now, newId);
        audit.Note(
            "Payment",
            payment.Id,
            new { payment.AuthorizedMinor },
            new { CapturedMinor = payment.AmountMinor }
        );
        await audit.WriteAsync(book.Connection, "payments", cancel);
        await book.CommitAsync(cancel);
        return null;
    }
}
