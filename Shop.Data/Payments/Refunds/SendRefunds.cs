using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Refunds;

/// <summary>
/// Brings refunds to their channels, and asks what became of them. The same number gives money back once, so an answer that was
/// lost is asked about, never guessed. Many nodes share the work; what a worker has taken comes back when it is gone.
/// </summary>
public sealed class SendRefunds(
    Database<PaymentsDb> database,
    PaymentLookup payments,
    DueBooks dues,
    PaymentAccounts accounts,
    ApplyRefundFinding apply,
    IOptions<PaymentOptions> options,
    TimeProvider clock,
    ILogger<SendRefunds> log
)
{
    private const int BatchSize = 100;
    private const int AtOnce = 8;
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    /// <returns>How many refunds were looked after; zero where none is due.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await ClaimAsync(cancel);
        // Those of one payment go one after the other: channels want time between them.
        await Parallel.ForEachAsync(
            due.GroupBy(refund => refund.Payment),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (ofPayment, stop) =>
            {
                foreach (var (refund, payment) in ofPayment)
                {
                    await LookAfterAsync(refund, payment, stop);
                }
            }
        );
        return due.Count;
    }

    private async Task LookAfterAsync(RefundId id, PaymentId payment, CancellationToken cancel)
    {
        try
        {
            await RunAsync(id, payment, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // Its lease runs out, and it is tried again; the others go on.
            log.RefundNotSent(id.Value, fault);
        }
    }

    private async Task RunAsync(RefundId id, PaymentId paymentId, CancellationToken cancel)
    {
        if (await PrepareAsync(id, paymentId, cancel) is not var (order, isNew, orderId, account))
        {
            return;
        }

        StopPoint.Reach("refund committed, channel not asked");
        var limit = options.Value.CallLimit;
        var finding = isNew
            ? await account.RefundAsync(order, limit, cancel)
            : await account.QueryRefundAsync(order, limit, cancel);
        if (!isNew && finding is RefundFinding.NotFound)
        {
            finding = await account.RefundAsync(order, limit, cancel);
        }

        StopPoint.Reach("refund asked, answer not kept");
        await using var book = await dues.OpenAsync(orderId, cancel);
        var (payment, refund) = (book.Of(paymentId), book.Of(id));
        await apply.RunAsync(book, payment, refund, finding, cancel);
        if (refund.Status is RefundStatus.Requested or RefundStatus.Sent or RefundStatus.Uncertain)
        {
            if (book.Now - refund.RequestedAt > PaymentSchedule.RefundStuckAfter)
            {
                await apply.RunAsync(book, payment, refund, new RefundFinding.Stuck("TIMEOUT"), cancel);
            }
            else
            {
                refund.CheckAt(book.Now + PaymentSchedule.Refund(refund.Checks), refund.Checks + 1);
            }
        }
        else
        {
            refund.CheckAt(null, refund.Checks);
        }

        await book.CommitAsync(cancel);
    }

    /// <summary>Writes down that the channel is asked, before it is; waits where another of this payment was sent just now.</summary>
    private async Task<(
        RefundOrder Order,
        bool IsNew,
        OrderId OrderId,
        PaymentAccount Account
    )?> PrepareAsync(RefundId id, PaymentId paymentId, CancellationToken cancel)
    {
        var orderId = (await payments.OrderOfAsync(paymentId, cancel))!.Value;
        await using var book = await dues.OpenAsync(orderId, cancel);
        var (payment, refund) = (book.Of(paymentId), book.Of(id));
        if (accounts.Find(payment.Channel, payment.Account) is not { } account)
        {
            refund.CheckAt(book.Now + PaymentSchedule.Refund(refund.Checks), refund.Checks + 1);
            await book.CommitAsync(cancel);
            return null;
        }

        var isNew = refund.Status == RefundStatus.Requested;
        var free =
            book.RefundsOf(payment).Where(other => other.Id != id).Max(other => other.SentAt)
            + account.Traits.RefundSpacing;
        if (isNew && free > book.Now)
        {
            refund.CheckAt(free, refund.Checks);
            await book.CommitAsync(cancel);
            return null;
        }

        if (isNew)
        {
            refund.Send(book.Now);
            // From here on the channel may have it: it is asked before it is sent again.
            refund.Doubt();
            await book.CommitAsync(cancel);
        }

        return (refund.Order(payment), isNew, orderId, account);
    }

    private Task<List<(RefundId Refund, PaymentId Payment)>> ClaimAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return database.Primary.ListAsync(
            $"""
            with due as (
                select id from payments.refund
                where next_check_at <= {Sql.Value(now)}
                    and (lease_until is null or lease_until <= {Sql.Value(now)})
                order by next_check_at limit {BatchSize} for update skip locked)
            update payments.refund r set lease_until = {Sql.Value(now + _lease)}
            from due where r.id = due.id
            returning r.id, r.payment_id
            """,
            row => (new RefundId(row.GetInt64(0)), new PaymentId(row.GetInt64(1))),
            cancel
        );
    }
}
