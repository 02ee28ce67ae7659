using Microsoft.EntityFrameworkCore;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage;

namespace Shop.GraphQL.Orders;

/// <summary>An order as a client names it: by id or by number, with its access key or, the default, without.</summary>
internal readonly record struct WantedOrder(OrderId? Id, OrderNumber? Number, AccessKey AccessKey);

/// <summary>An order, for its customer, for staff, and for a client with its access key. A stranger's is as absent as one that never was.</summary>
internal sealed class OwnOrder(Reads<OrdersDb> reads, Asker asker) : Loader<WantedOrder, Order>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<WantedOrder, Order>> FetchAsync(
        IReadOnlyList<WantedOrder> keys,
        CancellationToken cancel
    )
    {
        var ids = keys.Select(wanted => wanted.Id).OfType<OrderId>().ToArray();
        var numbers = keys.Select(wanted => wanted.Number).OfType<OrderNumber>().ToArray();
        var accessKeys = keys.Select(wanted => wanted.AccessKey).Where(key => key != default).ToArray();
        var hashes = accessKeys.Select(key => key.Hash).ToArray();
        var (customer, isStaff) = (asker.Customer, asker.May(StaffRole.Orders));
        await using var db = await reads.OpenAsync([.. accessKeys.Select(key => key.Subject)], cancel);
        var orders = await db
            .Orders.Where(row => ids.Contains(row.Id) || numbers.Contains(row.Number))
            .Where(row =>
                isStaff
                // A guest's order has no customer; a guest who asks is none either, and that is no match.
                || (row.CustomerId != null && row.CustomerId == customer)
                || hashes.Contains(row.AccessKeyHash)
            )
            .Select(OrderFields.FromRow)
            .ToListAsync(cancel);

        var own = new Dictionary<WantedOrder, Order>();
        foreach (var wanted in keys)
        {
            // Among several, each key opens its own order and no other.
            var access = asker.AccessWith(wanted.AccessKey);
            var order = orders.Find(order =>
                (order.Id == wanted.Id || order.Number == wanted.Number?.ToString())
                && access.Opens(order.CustomerId, order.AccessKeyHash)
            );
            if (order is not null)
            {
                own.Add(wanted, order);
            }
        }

        return own;
    }
}

/// <summary>What the asker may do with orders.</summary>
internal static class AskerAccess
{
    /// <summary>On what grounds they ask for an order, with its access key or, the default, without.</summary>
    public static OrderAccess AccessWith(this Asker asker, AccessKey accessKey) =>
        new(asker.Customer, accessKey, asker.May(StaffRole.Orders));
}
