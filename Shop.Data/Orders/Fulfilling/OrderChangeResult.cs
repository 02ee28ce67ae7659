namespace Shop.Data.Orders.Fulfilling;

/// <summary>Every way the change of an order can end that a client can do something about.</summary>
public abstract record OrderChangeResult
{
    private OrderChangeResult() { }

    /// <summary>It is done, now or by an earlier call with this key.</summary>
    public sealed record Changed(OrderId OrderId) : OrderChangeResult;

    /// <summary>There is no such order, or it is another customer's.</summary>
    public sealed record NotFound : OrderChangeResult;

    /// <summary>It is at another version than was expected.</summary>
    public sealed record VersionConflict(int Version) : OrderChangeResult;

    /// <summary>An order in this status cannot take this step.</summary>
    public sealed record NotAllowedNow(OrderStatus Status) : OrderChangeResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : OrderChangeResult;
}
