using Npgsql;
using Shop.Data.Orders;
using Shop.Data.Payments;
using Shop.Load.Measure;

namespace Shop.Load.Pay;

/// <summary>A payment as the shop knows it, with its order.</summary>
/// <param name="Order">Its order's id.</param>
/// <param name="Status">Its order's.</param>
/// <param name="TotalMinor">Its order's, in minor units.</param>
/// <param name="PaidAt">When its order became PAID; null where it did not.</param>
/// <param name="Channel">As the simulator calls it.</param>
/// <param name="Number">As its channel calls it.</param>
/// <param name="TakenMinor">In minor units, whatever became of it.</param>
/// <param name="BackMinor">What of that went back, in minor units.</param>
internal sealed record MoneyHere(
    long Order,
    OrderStatus Status,
    long TotalMinor,
    DateTimeOffset? PaidAt,
    string Channel,
    string Number,
    long TakenMinor,
    long BackMinor
)
{
    /// <summary>Every payment of a shop.</summary>
    public static Task<IReadOnlyList<MoneyHere>> AllAsync(
        NpgsqlDataSource primary,
        CancellationToken cancel
    ) =>
        primary.ListAsync(
            $"""
            select o.id, o.status, o.total_minor,
                (select min(e.at) from orders.order_event e
                    where e.order_id = o.id and e.to_status = {(short)OrderStatus.Paid}),
                p.channel, p.out_no, p.captured_minor, p.refunded_minor
            from payments.payment p join orders."order" o on o.id = p.order_id
            order by p.id
            """,
            row => new MoneyHere(
                row.GetInt64(0),
                (OrderStatus)row.GetInt16(1),
                row.GetInt64(2),
                row.GetFieldValue<DateTimeOffset?>(3),
                ((PaymentChannelCode)row.GetInt16(4)).Slug(),
                row.GetString(5),
                row.GetInt64(6),
                row.GetInt64(7)
            ),
            cancel
        );
}
