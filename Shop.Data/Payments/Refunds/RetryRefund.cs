using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Data.Payments.Refunds;

/// <summary>Gives money back that a channel had refused to give back: a refund of its own, with a number of its own.</summary>
public sealed class RetryRefund(Database<PaymentsDb> database, RefundPayment refund)
{
    /// <param name="key">Chosen by the client; a repeated call changes nothing.</param>
    /// <param name="id">The refund that failed.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends it; nothing was written then.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<PaymentChangeResult> RunAsync(
        Guid key,
        RefundId id,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        return await db.Refunds.SingleOrDefaultAsync(refund => refund.Id == id, cancel) is not { } failed
                ? new PaymentChangeResult.NotFound()
            : failed.Status != RefundStatus.Failed
                ? new PaymentChangeResult.NotAllowedNow("Only a refund that failed is tried anew.")
            : await refund.RunAsync(
                new(
                    key,
                    failed.PaymentId,
                    failed.AmountMinor,
                    failed.Reason,
                    failed.Note,
                    failed.GoodsBack,
                    IfVersion: null,
                    actor,
                    InPlaceOf: id
                ),
                cancel
            );
    }
}
