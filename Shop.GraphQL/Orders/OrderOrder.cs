using System.ComponentModel;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Orders;

/// <summary>The order of a list of orders.</summary>
internal sealed record OrderOrder
{
    /// <summary>By what.</summary>
    public required OrderOrderField Field { get; init; }

    /// <summary>Which way.</summary>
    [DefaultValue(SortDirection.Asc)]
    public SortDirection Direction { get; init; }
}

/// <summary>What orders can be sorted by.</summary>
internal enum OrderOrderField
{
    /// <summary>When they were placed.</summary>
    PlacedAt,
}
