using Microsoft.EntityFrameworkCore;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Filters;
using OrderRow = Shop.Data.Orders.Order;

namespace Shop.GraphQL.Orders;

/// <summary>What staff finds of orders.</summary>
internal sealed class StaffOrderQueries(Reads<OrdersDb> reads)
{
    /// <summary>All orders, newest first unless `orderBy` says otherwise.</summary>
    /// <param name="where">Which; all of them where it is left out.</param>
    /// <param name="search">
    /// Only those with this number, with this SKU, or with an e-mail address that begins like this: three letters at least, in
    /// any case.
    /// </param>
    /// <param name="orderBy">In which order.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Orders)]
    public async Task<Connection<Order>> OrdersAsync(
        OrderWhere? where,
        [MaxText(254)] string? search,
        OrderSort? orderBy,
        Page page,
        CancellationToken cancel
    )
    {
        var falls = (orderBy?.Direction ?? SortDirection.Desc) == SortDirection.Desc != page.IsBackward;
        await using var db = await reads.OpenAsync(cancel);
        var rows = OrderConditions.Apply(db, From(db, Cursor.Number(page.Cursor), falls), where, search);
        var orders = await (falls ? rows.OrderByDescending(row => row.Id) : rows.OrderBy(row => row.Id))
            .Take(page.Take)
            .Select(OrderFields.FromRow)
            .ToListAsync(cancel);
        return Connection<Order>.Of(orders, page, order => Cursor.Of(order.Id.Value));
    }

    private static IQueryable<OrderRow> From(OrdersDb db, long? place, bool falls) =>
        place is not { } id ? db.Orders
        : falls ? db.Orders.FromSql($"""select * from orders."order" where id < {id}""")
        : db.Orders.FromSql($"""select * from orders."order" where id > {id}""");
}
