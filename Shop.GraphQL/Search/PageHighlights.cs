using Shop.Data.Search.Finding;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>The highlights of a page: made for all of its products together, when the first is asked for.</summary>
internal sealed class PageHighlights(Highlights highlights, SearchResult found)
{
    private readonly List<Product> _products = [];
    private Task<IReadOnlyList<IReadOnlyList<string>>>? _made;

    /// <summary>One more product, before any is asked for.</summary>
    /// <returns>Its number.</returns>
    public int Add(Product product)
    {
        _products.Add(product);
        return _products.Count - 1;
    }

    /// <summary>Those of a product, by its number.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(int number, CancellationToken cancel) =>
        (
            await (
                _made ??= highlights.OfAsync(
                    found,
                    [.. _products.Select(product => (product.Title, product.Description))],
                    cancel
                )
            )
        )[number];
}
