namespace Shop.Data.Shipping;

/// <summary>What staff says of shipping: a zone or a method.</summary>
public abstract record ShippingTerm
{
    /// <summary>1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>1 when it was made; rises by one with each change.</summary>
    public int Version { get; init; } = 1;
}
