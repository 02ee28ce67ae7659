using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Orders;

/// <summary>Orders' field on the ledger of stock.</summary>
internal sealed class OrderOfMovement(LoaderContext loaders)
{
    /// <summary>The order that has moved it; null where staff has, or the order is not yours to see.</summary>
    /// <param name="context">Knows how an order is found by its id alone.</param>
    /// <param name="movement">What has moved.</param>
    public IDataLoaderResult<Order?> Order(
        IResolveFieldContext context,
        [FromSource] StockMovement movement
    ) =>
        movement.OrderId is { } order
        && ((ShopSchema)context.Schema).Find(loaders, GlobalId.Of(order)) is { } found
            ? found.Select(node => (Order?)node)
            : LoaderResults.Of<Order?>(null);
}
