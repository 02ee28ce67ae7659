using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>A page of products that were found: one hit for each, its SKUs taken together.</summary>
/// <param name="Edges">The hits with their cursors.</param>
/// <param name="PageInfo">Where this page stands in the list.</param>
/// <param name="TotalCount">Products that were found in all; exact.</param>
/// <param name="AsOf">All that was committed by then was searched; a moment ago, as a rule.</param>
[Public]
internal sealed record ProductSearchConnection(
    [property: Paged] IReadOnlyList<ProductSearchEdge> Edges,
    PageInfo PageInfo,
    int TotalCount,
    DateTimeOffset AsOf
)
{
    /// <summary>The products.</summary>
    [Paged]
    public IReadOnlyList<Product> Nodes => [.. Edges.Select(edge => edge.Node)];
}

/// <summary>A product that was found, and its place in the list.</summary>
/// <param name="Cursor">Marks the place after this hit; opaque.</param>
/// <param name="Node">The product.</param>
/// <param name="Score">
/// How well it meets the text, from 1 to 6 by rules of which the first that fits counts: a code of it is the text (6); its title is,
/// or a code begins with it (5); the words stand side by side in the title (4); all stand in the title (3), or in title, brand,
/// categories, tags, option values and codes (2), or anywhere (1). Behind the point stands its popularity, in thousandths. Without
/// a text 0 stands before the point.
/// </param>
[Public]
internal sealed record ProductSearchEdge(string Cursor, Product Node, double Score);
