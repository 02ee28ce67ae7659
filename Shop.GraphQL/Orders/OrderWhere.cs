using Shop.Data.Orders;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Orders;

/// <summary>
/// Which orders. All that is given has to hold; what is left out does not matter. Nested at most 4 levels deep, and at most
/// 50 conditions in all.
/// </summary>
[Filter]
internal sealed record OrderWhere
{
    /// <summary>All of these hold; at most 20.</summary>
    [MaxItems(20)]
    public IReadOnlyList<OrderWhere>? And { get; init; }

    /// <summary>One of these holds, or several; at most 20. Of an empty list none does.</summary>
    [MaxItems(20)]
    public IReadOnlyList<OrderWhere>? Or { get; init; }

    /// <summary>This does not hold.</summary>
    public OrderWhere? Not { get; init; }

    /// <summary>Where it stands.</summary>
    public OrderStatusFilter? Status { get; init; }

    /// <summary>When it was placed.</summary>
    public DateTimeFilter? PlacedAt { get; init; }

    /// <summary>The customer it belongs to; a guest's order has none.</summary>
    public CustomerIdFilter? Customer { get; init; }

    /// <summary>The e-mail address that it was placed with, in any case.</summary>
    public TextFilter? Email { get; init; }

    /// <summary>A SKU that it was placed for.</summary>
    public SkuFilter? Sku { get; init; }

    /// <summary>Its number, in any case.</summary>
    public TextFilter? Number { get; init; }
}

/// <summary>Orders by where they stand.</summary>
[Filter]
internal sealed record OrderStatusFilter
{
    /// <summary>Here.</summary>
    public OrderStatus? Eq { get; init; }

    /// <summary>In one of these; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<OrderStatus>? In { get; init; }
}

/// <summary>Customers by their ids.</summary>
[Filter]
internal sealed record CustomerIdFilter
{
    /// <summary>This one.</summary>
    public CustomerId? Eq { get; init; }

    /// <summary>One of these; at most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<CustomerId>? In { get; init; }
}

/// <summary>A SKU, as it was called when it was sold, letter by letter.</summary>
[Filter]
internal sealed record SkuFilter
{
    /// <summary>This one.</summary>
    [MaxText(200)]
    public string? Eq { get; init; }
}
