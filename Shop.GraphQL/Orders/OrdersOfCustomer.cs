using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;
using Shop.GraphQL.Accounts;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;

namespace Shop.GraphQL.Orders;

/// <summary>Orders' field on Accounts' type.</summary>
internal sealed class CustomerOrders(LoaderContext loaders)
{
    /// <summary>
    /// Their orders, newest first: those that they placed while signed in, and those that they have claimed. Empty for
    /// whoever asks about another customer without the role `ORDERS`.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="page">Which part of the list.</param>
    public IDataLoaderResult<Connection<Order>> Orders([FromSource] Customer customer, Page page) =>
        loaders
            .Get<OrdersOfCustomer>()
            .Load(new(customer.Id, page.Take, page.IsBackward, OrderPlace.Read(page.Cursor)))
            .Select(orders => Connection<Order>.Of(orders, page, OrderPlace.Of));
}

/// <summary>A page of what a customer has ordered.</summary>
internal readonly record struct CustomerPage(CustomerId Customer, int Take, bool IsBackward, OrderId? Place);

/// <summary>
/// The orders on such pages. One statement per page size and place, whatever the number of customers: those of a list are
/// all asked for alike.
/// </summary>
internal sealed class OrdersOfCustomer(Reads<OrdersDb> reads, Asker asker) : ListLoader<CustomerPage, Order>
{
    /// <inheritdoc />
    protected override async Task<ILookup<CustomerPage, Order>> FetchAsync(
        IReadOnlyList<CustomerPage> keys,
        CancellationToken cancel
    )
    {
        var access = asker.AccessWith(default);
        await using var db = await reads.OpenAsync([.. access.Subjects], cancel);
        var found = new List<(CustomerPage Key, Order Order)>();
        foreach (var alike in keys.GroupBy(key => key with { Customer = default }))
        {
            var orders = await Cut(db, [.. alike.Select(key => key.Customer.Value)], alike.Key, access)
                .Select(OrderFields.FromRow)
                .ToListAsync(cancel);
            var nearestFirst = alike.Key.IsBackward
                ? orders.OrderBy(order => order.Id.Value)
                : orders.OrderByDescending(order => order.Id.Value);
            found.AddRange(
                nearestFirst.Select(order => (alike.Key with { Customer = order.CustomerId!.Value }, order))
            );
        }

        return found.ToLookup(row => row.Key, row => row.Order);
    }

    private static IQueryable<Shop.Data.Orders.Order> Cut(
        OrdersDb db,
        long[] customers,
        CustomerPage page,
        OrderAccess access
    )
    {
        // Ids are positive: nobody has 0, and no order stands beyond it or the largest number.
        var (asking, isStaff) = (access.Customer?.Value ?? 0, access.IsStaff);
        var place = page.Place?.Value ?? (page.IsBackward ? 0 : long.MaxValue);
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
