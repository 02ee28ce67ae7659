namespace Shop.Data.Payments.Books;

/// <summary>What became of an order's due.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">What was to be paid; nothing, without a currency, where the order was called off first.</param>
/// <param name="PaidMinor">What the payment that settled it has taken, in minor units; null where none has.</param>
/// <param name="GoesBack">Whether all of that is back, or on its way.</param>
public sealed record DueState(OrderId OrderId, Money Amount, long? PaidMinor, bool GoesBack);

/// <summary>What a verification of the shop reads of the payments. Reads the primary.</summary>
public sealed class PaymentConsistency(Database<PaymentsDb> database, TimeProvider clock)
{
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    private const int Begun = (int)PaymentStatus.Begun;
    private const int Uncertain = (int)PaymentStatus.Uncertain;
    private const int Authorized = (int)PaymentStatus.Authorized;
    private const int Captured = (int)PaymentStatus.Captured;
    private const int RefundRequested = (int)RefundStatus.Requested;
    private const int RefundUncertain = (int)RefundStatus.Uncertain;
    private const int Succeeded = (int)RefundStatus.Succeeded;
    private const int Failed = (int)RefundStatus.Failed;

    /// <summary>All dues, by order. Streams.</summary>
    public IAsyncEnumerable<DueState> DuesAsync(CancellationToken cancel) =>
        database.Primary.StreamAsync(
            $"""
            select d.order_id, d.amount_minor, d.currency, d.paid_minor, d.settled_by is not null,
                coalesce(p.refunding_minor + p.refunded_minor = p.captured_minor, false)
            from payments.due d left join payments.payment p on p.id = d.settled_by
            order by d.order_id
            """,
            row => new DueState(
                new(row.GetInt64(0)),
                new(row.GetInt64(1), row.GetString(2)),
                row.GetBoolean(4) ? row.GetInt64(3) : null,
                row.GetBoolean(5)
            ),
            cancel
        );

    /// <summary>Dues and payments whose sums are not those of what they are made of; none in a sound shop. A sentence each.</summary>
    public IAsyncEnumerable<string> WrongSumsAsync(CancellationToken cancel) =>
        SentencesAsync(
            $"""
            select format('Order %s: its due says %s paid and %s back, the payment that settled it %s and %s',
                d.order_id, d.paid_minor, d.refunded_minor, coalesce(p.captured_minor, 0), coalesce(p.refunded_minor, 0))
            from payments.due d
            left join payments.payment p
                on p.id = d.settled_by and p.order_id = d.order_id and p.status >= {Captured}
            where d.paid_minor <> coalesce(p.captured_minor, 0)
                or d.refunded_minor <> coalesce(p.refunded_minor, 0)
                or d.settled_by is not null and p.id is null
            union all
            select format('Payment %s: it says %s back and %s on its way of %s, its refunds %s and %s',
                p.id, p.refunded_minor, p.refunding_minor, p.captured_minor, coalesce(r.back, 0), coalesce(r.coming, 0))
            from payments.payment p
            left join (
                select payment_id,
                    sum(amount_minor) filter (where status = {Succeeded}) as back,
                    sum(amount_minor) filter (where status not in ({Succeeded}, {Failed})) as coming
                from payments.refund group by payment_id) r on r.payment_id = p.id
            where p.refunded_minor <> coalesce(r.back, 0)
                or p.refunding_minor <> coalesce(r.coming, 0)
                or p.refunded_minor + p.refunding_minor > p.captured_minor
            """,
            cancel
        );

    /// <summary>What nobody has brought to its end within an hour; nothing in a sound shop. A sentence each.</summary>
    public IAsyncEnumerable<string> LeftOverAsync(CancellationToken cancel)
    {
        var before = Sql.Value(clock.GetUtcNow() - _patience);
        return SentencesAsync(
            $"""
            select format('Payment %s: still open, and its order %s was called off', p.id, p.order_id)
            from payments.payment p join payments.due d using (order_id)
            where p.status <= {Authorized} and d.closed_at < {before}
            union all
            select format('Payment %s: whether its channel has it is not known', id)
            from payments.payment where status in ({Begun}, {Uncertain}) and updated_at < {before}
            union all
            select format('Refund %s: whether its channel has it is not known', id)
            from payments.refund
            where status in ({RefundRequested}, {RefundUncertain}) and requested_at < {before}
            union all
            select format('Notice %s of account %s: it tells of a payment that is not there', notice_key, account)
            from payments.notice where outcome = {(int)NoticeOutcome.Orphan} and received_at < {before}
            """,
            cancel
        );
    }

    private IAsyncEnumerable<string> SentencesAsync(SqlText sql, CancellationToken cancel) =>
        database.Primary.StreamAsync(sql, row => row.GetString(0), cancel);
}
