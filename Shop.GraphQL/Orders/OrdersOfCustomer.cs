using Microsoft.EntityFrameworkCore;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;
using Shop.GraphQL.Accounts;

namespace Shop.GraphQL.Orders;

/// <summary>Orders' field on Accounts' type.</summary>
internal sealed class CustomerOrders(LoaderContext loaders)
{
    /// <summary>
    /// Their orders, newest first: those that they placed while signed in, and those that they have claimed. Empty for
    /// a client that asks about another customer without the role `ORDERS`.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="page">Which part of the list.</param>
    public IDataLoaderResult<Connection<Order>> Orders([FromSource] Customer customer, Page page) =>
        loaders.Get<OrdersOfCustomer>().Load(customer.Id, page, order => Cursor.Of(order.Id.Value));
}

/// <summary>What a customer has ordered, for themselves and for staff.</summary>
internal sealed class OrdersOfCustomer(Reads<OrdersDb> reads, Asker asker) : PageLoader<CustomerId, Order>
{
    /// <inheritdoc />
    protected override async Task<ILookup<CustomerId, Order>> FetchAsync(
        IReadOnlyList<CustomerId> keys,
        Page page,
        CancellationToken cancel
    )
    {
        var access = asker.AccessWith(default);
        await using var db = await reads.OpenAsync(cancel);
        var orders = await Cut(db, [.. keys.Select(key => key.Value)], page, access)
            .Select(OrderFields.FromRow)
            .ToListAsync(cancel);
        var nearestFirst = page.IsBackward
            ? orders.OrderBy(order => order.Id.Value)
            : orders.OrderByDescending(order => order.Id.Value);
        return nearestFirst.ToLookup(order => order.CustomerId!.Value);
    }

    private static IQueryable<Shop.Data.Orders.Order> Cut(
        OrdersDb db,
        long[] customers,
        Page page,
        OrderAccess access
    )
    {
        // Ids are positive: no customer has 0, and no order stands beyond it or the largest number.
        var (asking, isStaff) = (access.Customer?.Value ?? 0, access.IsStaff);
        var place = Cursor.Number(page.Cursor) ?? (page.IsBackward ? 0 : long.MaxValue);
        return page.IsBackward
            ? db.Orders.FromSql(
                $"""
                select o.* from unnest({customers}) as c(id)
                cross join lateral (
                    select * from orders."order" where customer_id = c.id and id > {place}
                    order by id limit {page.Take}) o
                where c.id = {asking} or {isStaff}
                """
            )
            : db.Orders.FromSql(
                $"""
                select o.* from unnest({customers}) as c(id)
                cross join lateral (
                    select * from orders."order" where customer_id = c.id and id < {place}
                    order by id desc limit {page.Take}) o
                where c.id = {asking} or {isStaff}
                """
            );
    }
}

/// <summary>That a customer has an order that stands.</summary>
/// <param name="Customer">Whose.</param>
internal sealed record StandingOrder(CustomerId Customer);

/// <summary>Of whoever asks, whether they have an order that was not rejected, cancelled or refunded. Of another customer there is none.</summary>
internal sealed class StandingOrders(Reads<OrdersDb> reads, Asker asker) : Loader<CustomerId, StandingOrder>
{
    private static readonly short[] _fallen =
    [
        (short)OrderStatus.Rejected,
        (short)OrderStatus.Cancelled,
        (short)OrderStatus.Refunded,
    ];

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CustomerId, StandingOrder>> FetchAsync(
        IReadOnlyList<CustomerId> keys,
        CancellationToken cancel
    )
    {
        var (customers, asking) = (keys.Select(key => key.Value).ToArray(), asker.Customer?.Value ?? 0);
        await using var db = await reads.OpenAsync(cancel);
        var found = await db
            .Database.SqlQuery<long>(
                $"""
                select c.id as "Value" from unnest({customers}) as c(id)
                where c.id = {asking} and exists (
                    select from orders."order" o where o.customer_id = c.id and o.status <> all({_fallen}))
                """
            )
            .ToListAsync(cancel);
        return found.ToDictionary(id => new CustomerId(id), id => new StandingOrder(new(id)));
    }
}
