using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Refunds;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Books what was given back at a channel's own desk and stands on its bill: nobody has sent a notice of it, or it was lost. Of a
/// payment that is not known to be paid yet it waits until that is so.
/// </summary>
public sealed class BookForeignRefunds(Database<PaymentsDb> database, DueBooks dues, ApplyRefundFinding apply)
{
    internal async Task RunAsync(PaymentAccount account, CancellationToken cancel)
    {
        foreach (var (order, payment, reference, minor) in await ListAsync(account, cancel))
        {
            await using var book = await dues.OpenAsync(order, cancel);
            var refunded = book.Of(payment);
            var notice = new NoticeReading.OfRefund(
                Key: "",
                refunded.OutNo,
                OutNo: null,
                minor,
                new RefundFinding.Done(reference)
            );
            if (apply.Foreign(book, refunded, notice))
            {
                await book.CommitAsync(cancel);
            }
        }
    }

    private Task<List<(OrderId, PaymentId, string Reference, long Minor)>> ListAsync(
        PaymentAccount account,
        CancellationToken cancel
    ) =>
        database.Primary.ListAsync(
            $"""
            select p.order_id, p.id, d.subject, d.there_minor
            from payments.difference d join payments.payment p on p.id = d.payment_id
            where d.channel = {Sql.Value((short)account.Traits.Code)} and d.account = {Sql.Value(
                account.Name
            )}
                and d.kind = {(int)DifferenceKind.RefundMissingHere} and d.resolved_at is null
                and p.status >= {(int)PaymentStatus.Captured}
                and d.currency = coalesce(p.captured_currency, p.currency)
            order by d.id
            """,
            row =>
                (
                    new OrderId(row.GetInt64(0)),
                    new PaymentId(row.GetInt64(1)),
                    row.GetString(2),
                    row.GetInt64(3)
                ),
            cancel
        );
}
