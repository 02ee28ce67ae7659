using Microsoft.EntityFrameworkCore;
using Shop.Data.Payments;
using Shop.Data.Storage;
using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>Payments whose reader has proved the right to see their orders.</summary>
internal sealed class ProvenPaymentById(Reads<PaymentsDb> reads) : Loader<PaymentId, Payment>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<PaymentId, Payment>> FetchAsync(
        IReadOnlyList<PaymentId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.Payments.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, row => Payment.Of(row, isProven: true));
    }
}

/// <summary>
/// A payment named by its id alone, for the customer whose order it pays, and for staff. A stranger's is as absent as one that
/// never was.
/// </summary>
internal sealed class OwnPayment(Reads<PaymentsDb> reads, LoaderContext loaders, Asker asker)
    : Loader<PaymentId, Payment>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<PaymentId, Payment>> FetchAsync(
        IReadOnlyList<PaymentId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.Payments.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        if (asker.May(StaffRole.Payments))
        {
            return rows.ToDictionary(row => row.Id, row => Payment.Of(row, isProven: false));
        }

        var orders = rows.ConvertAll(row => loaders.Get<OwnOrder>().Load(new(row.OrderId, null, default)));
        var own = new Dictionary<PaymentId, Payment>();
        foreach (var (row, order) in rows.Zip(orders))
        {
            if (await order.GetResultAsync(cancel) is not null)
            {
                own.Add(row.Id, Payment.Of(row, isProven: true));
            }
        }

        return own;
    }
}

/// <summary>The tries to pay for an order, oldest first; its reader has proved the right to see it.</summary>
internal sealed class PaymentsByOrderId(Reads<PaymentsDb> reads) : ListLoader<OrderId, Payment>
{
    /// <inheritdoc />
    protected override async Task<ILookup<OrderId, Payment>> FetchAsync(
        IReadOnlyList<OrderId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db
            .Payments.Where(row => keys.Contains(row.OrderId))
            .OrderBy(row => row.Id)
            .ToListAsync(cancel);
        return rows.ToLookup(row => row.OrderId, row => Payment.Of(row, isProven: true));
    }
}

/// <summary>What orders were paid, and what went back of it.</summary>
internal sealed class DueByOrderId(Reads<PaymentsDb> reads)
    : RowLoader<PaymentsDb, OrderId, DueAmounts>(reads, due => due.OrderId)
{
    /// <inheritdoc />
    protected override IQueryable<DueAmounts> Rows(PaymentsDb db, IReadOnlyList<OrderId> keys) =>
        db
            .Dues.Where(row => keys.Contains(row.OrderId))
            .Select(row => new DueAmounts(row.OrderId, row.PaidMinor, row.RefundedMinor));
}

/// <summary>Amounts of an order, in minor units of its currency.</summary>
internal sealed record DueAmounts(OrderId OrderId, long PaidMinor, long RefundedMinor);

/// <summary>What goes back of payments, oldest first.</summary>
internal sealed class RefundsByPaymentId(Reads<PaymentsDb> reads)
    : RowListLoader<PaymentsDb, PaymentId, Refund>(reads, refund => refund.PaymentId)
{
    /// <inheritdoc />
    protected override IQueryable<Refund> Rows(PaymentsDb db, IReadOnlyList<PaymentId> keys) =>
        RefundFields.From(db, db.Refunds.Where(row => keys.Contains(row.PaymentId)).OrderBy(row => row.Id));
}

/// <summary>A refund named by its id, for who sees its payment.</summary>
internal sealed class OwnRefund(Reads<PaymentsDb> reads, LoaderContext loaders) : Loader<RefundId, Refund>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<RefundId, Refund>> FetchAsync(
        IReadOnlyList<RefundId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var refunds = await RefundFields
            .From(db, db.Refunds.Where(row => keys.Contains(row.Id)))
            .ToListAsync(cancel);
        var payments = refunds.ConvertAll(refund => loaders.Get<OwnPayment>().Load(refund.PaymentId));
        var own = new Dictionary<RefundId, Refund>();
        foreach (var (refund, payment) in refunds.Zip(payments))
        {
            if (await payment.GetResultAsync(cancel) is not null)
            {
                own.Add(refund.Id, refund);
            }
        }

        return own;
    }
}

/// <summary>What channels have sent about payments, newest first.</summary>
internal sealed class NoticesByPaymentId(Reads<PaymentsDb> reads)
    : RowListLoader<PaymentsDb, PaymentId, PaymentNotice>(reads, notice => notice.PaymentId)
{
    private const int Most = 100;

    /// <inheritdoc />
    protected override IQueryable<PaymentNotice> Rows(PaymentsDb db, IReadOnlyList<PaymentId> keys) =>
        db
            .Payments.Where(payment => keys.Contains(payment.Id))
            .SelectMany(payment =>
                db.Notices.Where(notice => notice.PaymentId == payment.Id)
                    .OrderByDescending(notice => notice.ReceivedAt)
                    .Take(Most)
            )
            .Select(notice => new PaymentNotice(notice.ReceivedAt, notice.Outcome)
            {
                PaymentId = notice.PaymentId!.Value,
            });
}

/// <summary>From what is stored to what clients see.</summary>
internal static class RefundFields
{
    /// <summary>Selects just the columns that clients can ask for.</summary>
    public static IQueryable<Refund> From(PaymentsDb db, IQueryable<Shop.Data.Payments.Refund> rows) =>
        from row in rows
        join payment in db.Payments on row.PaymentId equals payment.Id
        select new Refund(
            row.Id,
            new Money(row.AmountMinor, payment.CapturedCurrency ?? payment.Currency),
            row.Status,
            row.Reason,
            row.RequestedAt,
            row.FinishedAt,
            row.Note,
            row.GoodsBack,
            row.Code,
            row.OutNo
        )
        {
            PaymentId = row.PaymentId,
        };
}
