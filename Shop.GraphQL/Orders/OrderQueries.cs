using Shop.Data.Orders;
using Shop.Data.Orders.Keys;

namespace Shop.GraphQL.Orders;

/// <summary>How to find an order; exactly one of them.</summary>
[OneOf]
internal sealed record OrderBy
{
    /// <summary>Its id.</summary>
    public OrderId? Id { get; init; }

    /// <summary>Its number, in any case: `s-7k2m-9qxt`.</summary>
    public string? Number { get; init; }

    /// <summary>What to look for; null where no order can have such a number.</summary>
    internal WantedOrder? Wanted(string? accessKey)
    {
        var key = accessKey is null ? default : new AccessKey(accessKey);
        return Id is { } id ? new(id, null, key)
            : OrderNumber.TryParse(Number, out var number) ? new(null, number, key)
            : null;
    }
}

/// <summary>What Orders adds to the root.</summary>
internal sealed class OrderQueries(LoaderContext loaders)
{
    /// <summary>One order. Null where it does not exist or is not yours to see.</summary>
    /// <param name="by">Which.</param>
    /// <param name="accessKey">What `orderPlace` gave to the client that placed it; not needed by its customer, nor by staff on their own schema.</param>
    public IDataLoaderResult<Order?>? Order(OrderBy by, string? accessKey) =>
        by.Wanted(accessKey) is { } wanted ? loaders.Get<OwnOrder>().Load(wanted) : null;
}

/// <summary>The order of a step: read anew for each event.</summary>
internal sealed class OrderOfChange(LoaderContext loaders)
{
    /// <summary>The order as it is now: this step's version, or a newer one.</summary>
    public IDataLoaderResult<Order> Order([FromSource] OrderStatusChange change) =>
        loaders.Get<ProvenOrderById>().Require(change.OrderId);
}
