using System.ComponentModel;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Orders;

/// <summary>The order of a list of orders.</summary>
[Name("OrderOrder")]
internal sealed record OrderSort
{
    /// <summary>By what.</summary>
    public required OrderSortField Field { get; init; }

    /// <summary>Which way.</summary>
    [DefaultValue(SortDirection.Asc)]
    public SortDirection Direction { get; init; }
}

/// <summary>What orders can be sorted by.</summary>
[Name("OrderOrderField")]
internal enum OrderSortField
{
    /// <summary>When they were placed.</summary>
    PlacedAt,
}
