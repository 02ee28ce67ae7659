using System.Globalization;
using Shop.Data.Orders;
using Shop.GraphQL.Accounts;
using Shop.GraphQL.Carts;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Orders;

/// <summary>What Orders adds to the graph.</summary>
internal sealed class OrdersModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<OrderId>("Order")
            .Id<OrderLineId>(
                "OrderLine",
                id => Write(id.Order, id.Position),
                Read((order, at) => new OrderLineId(order, at))
            )
            .Id<OrderEventId>(
                "OrderEvent",
                id => Write(id.Order, id.Sequence),
                Read((order, at) => new OrderEventId(order, at))
            )
            // An id or a number alone opens no guest's order: that takes its access key. Its customer's it does, and any for staff on their own schema.
            .Node<OrderId, Order>((loaders, id) => loaders.Get<OwnOrder>().Load(new(id, null, default)))
            .Key<Order>(
                "number",
                (loaders, number) =>
                    OrderNumber.TryParse(number, out var parsed)
                        ? loaders.Get<OwnOrder>().Load(new(null, parsed, default))
                        : LoaderResults.Of<Order?>(null)
            )
            .Type<PromotionUsedUp>()
            .Type<TotalChanged>()
            .Type<ShippingNeeded>()
            .Query<OrderQueries>()
            .Mutation<OrderMutations>()
            .Query<StaffOrderQueries>()
            .Mutation<StaffOrderMutations>()
            .Subscription<OrderSubscriptions>()
            .Extend<Customer, CustomerOrders>()
            .Extend<OrderStatusChange, OrderOfChange>()
            .Extend<StockMovement, OrderOfMovement>()
            .Provide<HasOrdered>(_ =>
                (loaders, customer) =>
                    loaders.Get<StandingOrders>().Load(customer).Select(standing => standing is not null)
            );

    private static string Write(OrderId order, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{order.Value}-{part}");

    private static Func<string, TId?> Read<TId>(Func<OrderId, int, TId> make)
        where TId : struct =>
        key =>
            key.Split('-') is [var order, var part]
            && long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? make(new(value), place)
                : null;
}
