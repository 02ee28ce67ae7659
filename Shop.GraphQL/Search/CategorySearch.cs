using Shop.Data.Search;
using Shop.Data.Search.Finding;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>Search's field on a category: its shelf, to tick on.</summary>
internal sealed class CategorySearch(SearchQueries search)
{
    /// <summary>What `productSearch` finds in this category and below it.</summary>
    /// <param name="context">Of the field.</param>
    /// <param name="category">Which.</param>
    /// <param name="text">What the shopper typed, 1 to 200 characters. Left out: all products of the category.</param>
    /// <param name="ticked">What the shopper has ticked, one entry for each facet; at most 20.</param>
    /// <param name="orderBy">In which order: by relevance where there is a text, else by popularity.</param>
    /// <param name="facets">Which facets to tell in `facets`; left out, all.</param>
    /// <param name="correctText">Whether a word that no product has may be taken for the nearest one that products have.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Public(SearchAnnouncements.Channel), Cost(20)]
    public Task<ProductSearchConnection> ProductSearchAsync(
        IResolveFieldContext context,
        [FromSource] Category category,
        [MaxText(ProductSearch.MaxText)] string? text,
        [MaxItems(20)] IReadOnlyList<FacetTickInput>? ticked,
        ProductSearchOrder? orderBy,
        [MaxItems(6)] IReadOnlyList<FacetKey>? facets,
        ForwardPage page,
        bool correctText = true,
        CancellationToken cancel = default
    ) =>
        search.ProductSearchAsync(
            context,
            text,
            new() { Category = new() { Eq = category.Id } },
            ticked,
            orderBy,
            facets,
            page,
            correctText,
            cancel
        );
}
