using Shop.Data.Search.Finding;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Search;

/// <summary>The order of products that were found.</summary>
internal sealed record ProductSearchOrder
{
    /// <summary>By what.</summary>
    public required ProductSearchOrderField Field { get; init; }

    /// <summary>
    /// Which way; where it is left out, best, most sold and newest first, cheapest and A first. Products that are equal come in the
    /// order of their ids, whichever way.
    /// </summary>
    public SortDirection? Direction { get; init; }

    /// <summary>By relevance where there is a text, else by popularity, unless a client asks for something.</summary>
    internal static SearchOrder Of(ProductSearchOrder? order, bool hasText)
    {
        var field =
            order?.Field
            ?? (hasText ? ProductSearchOrderField.Relevance : ProductSearchOrderField.Popularity);
        var (by, natural) = field switch
        {
            ProductSearchOrderField.Relevance => (SearchOrderField.Relevance, SortDirection.Desc),
            ProductSearchOrderField.Popularity => (SearchOrderField.Popularity, SortDirection.Desc),
            ProductSearchOrderField.Price => (SearchOrderField.Price, SortDirection.Asc),
            ProductSearchOrderField.CreatedAt => (SearchOrderField.CreatedAt, SortDirection.Desc),
            ProductSearchOrderField.Title => (SearchOrderField.Title, SortDirection.Asc),
            _ => throw new ArgumentOutOfRangeException(nameof(order), field, message: null),
        };
        return new(by, IsReversed: (order?.Direction ?? natural) != natural);
    }
}

/// <summary>What products that were found can be sorted by.</summary>
internal enum ProductSearchOrderField
{
    /// <summary>How well they meet the text: see `score`. Of equal ones, those that can be bought come before those that are sold out, then the more popular, then the newer.</summary>
    Relevance,

    /// <summary>How much of them was sold in the last weeks.</summary>
    Popularity,

    /// <summary>The price of the cheapest SKU that meets the filter, as a number: in a shop of several currencies, currencies mix. Price lists and promotions do not count.</summary>
    Price,

    /// <summary>When they came into the catalogue.</summary>
    CreatedAt,

    /// <summary>The title; case and accents do not count.</summary>
    Title,
}
