using System.ComponentModel;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Catalog;

/// <summary>The order of a list of products.</summary>
internal sealed record ProductOrder
{
    /// <summary>By what.</summary>
    public required ProductOrderField Field { get; init; }

    /// <summary>Which way.</summary>
    [DefaultValue(SortDirection.Asc)]
    public SortDirection Direction { get; init; }
}

/// <summary>What products can be sorted by.</summary>
internal enum ProductOrderField
{
    /// <summary>When they came into the catalogue.</summary>
    CreatedAt,

    /// <summary>What the cheapest variant costs by itself, in the shop's currency whichever the request names. Price lists and promotions do not count.</summary>
    Price,

    /// <summary>The title, as people sort: case and accents decide last.</summary>
    Title,

    /// <summary>When they last changed.</summary>
    UpdatedAt,
}
