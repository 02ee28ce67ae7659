using Shop.Data.Search.Finding;
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

    /// <summary>What the products can be narrowed down by, with counts of what a click would find; those that have no value are left out.</summary>
    [Public, Cost(20), ListSize(6)]
    public Task<IReadOnlyList<Facet>> FacetsAsync(
        [FromServices] LoaderContext loaders,
        CancellationToken cancel
    ) => new FacetFields(loaders).OfAsync(Found.Facets.Lists, FacetKeys, Within, cancel);

    /// <summary>What the SKUs cost that meet everything but a tick of the price, in the shop's currency; null where there is none.</summary>
    [Public]
    public PriceRange? PriceRange() => Found.Facets.Prices is var (min, max) ? new(min, max) : null;

    /// <summary>How the text was read; null without one.</summary>
    [Public]
    public SearchedText? Text() =>
        Found.Text is var (asked, used) ? new(asked, used) { Found = Found } : null;

    /// <summary>What the shopper should be told of this list.</summary>
    [ListSize(2)]
    public required IReadOnlyList<SearchNotice> Notices { get; init; }

    /// <summary>All that was found.</summary>
    internal required SearchResult Found { get; init; }

    /// <summary>The facets that are asked for; null for all.</summary>
    internal IReadOnlyList<FacetKey>? FacetKeys { get; init; }

    /// <summary>The categories that the page is about.</summary>
    internal IReadOnlyList<CategoryId> Within { get; init; } = [];
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
/// <param name="VariantCount">SKUs of it that meet the filter and what is ticked; one or more.</param>
[Public]
internal sealed record ProductSearchEdge(string Cursor, Product Node, double Score, int VariantCount)
{
    /// <summary>The first SKU that meets the filter and what is ticked, in display order: what to show of the product. Null where it is gone by now.</summary>
    [Public]
    public IDataLoaderResult<ProductVariant?> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<VariantById>().Load(FirstSku);

    /// <summary>
    /// Where the product has what was looked for: its title, then at most two pieces of its description, of 120 characters. HTML: nothing in
    /// it but `mark` is markup.
    /// </summary>
    [Public, Cost(2), ListSize(3)]
    public Task<IReadOnlyList<string>> HighlightsAsync(CancellationToken cancel) =>
        Page.OfAsync(Number, cancel);

    /// <summary>The page it stands on, and where.</summary>
    internal required PageHighlights Page { get; init; }

    /// <summary>Its number on that page.</summary>
    internal required int Number { get; init; }

    /// <summary>The id of that SKU.</summary>
    internal required VariantId FirstSku { get; init; }
}
