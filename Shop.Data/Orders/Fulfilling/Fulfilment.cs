namespace Shop.Data.Orders.Fulfilling;

/// <summary>How far a paid order has come on its way to the customer.</summary>
public abstract record Fulfilment
{
    private Fulfilment() { }

    /// <summary>It is with the carrier.</summary>
    /// <param name="Carrier">Who carries it; null where that is not told.</param>
    /// <param name="TrackingNumber">What the carrier calls it; null where there is none.</param>
    public sealed record Shipped(string? Carrier, string? TrackingNumber) : Fulfilment
    {
        internal override OrderStatus Status => OrderStatus.Shipped;

        internal override string Action => "orderShip";

        internal override IReadOnlyList<string?> Parts => [Carrier, TrackingNumber];
    }

    /// <summary>The customer has it.</summary>
    /// <param name="Note">Kept in the order's story; null for none.</param>
    public sealed record Arrived(string? Note) : Fulfilment
    {
        internal override OrderStatus Status => OrderStatus.Delivered;

        internal override string Action => "orderDeliver";

        internal override IReadOnlyList<string?> Parts => [Note];
    }

    /// <summary>The order's status then.</summary>
    internal abstract OrderStatus Status { get; }

    /// <summary>What staff does, in the words of the schema.</summary>
    internal abstract string Action { get; }

    /// <summary>What is told of it.</summary>
    internal abstract IReadOnlyList<string?> Parts { get; }

    /// <summary>The same as the order's story says it; null for nothing.</summary>
    internal string? Words =>
        Parts.Any(part => part is not null) ? string.Join(' ', Parts.OfType<string>()) : null;
}
