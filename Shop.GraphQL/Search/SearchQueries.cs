using Microsoft.Extensions.Options;
using Shop.Data.Inventory;
using Shop.Data.Search;
using Shop.Data.Search.Finding;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>What Search adds to the root.</summary>
internal sealed class SearchQueries(
    LoaderContext loaders,
    ProductSearch search,
    Highlights highlights,
    SearchAge age,
    SearchMeter meter,
    TimeProvider clock,
    IOptions<SearchOptions> options,
    IOptions<ShopOptions> shop,
    IOptions<InventoryOptions> stock
)
{
    /// <summary>
    /// Products on sale that meet a text: all its words, in their English stems, whatever their accents and case; Chinese, Japanese
    /// and Korean by the signs side by side; SKUs and article codes however they are written. What no product meets is read as it may have
    /// been meant, or in part: see `notices`. The index is a moment behind what was saved: see `asOf`.
    /// </summary>
    /// <param name="context">Of the field: what is not asked for is not counted.</param>
    /// <param name="text">What the shopper typed, 1 to 200 characters. No sign in it has a meaning of its own; without a word in it nothing is found, past the tenth none is read. Left out: all products.</param>
    /// <param name="where">What the page is about; facets keep to it. One SKU has to meet all that is asked of SKUs together, by this and by what is ticked.</param>
    /// <param name="ticked">What the shopper has ticked, one entry for each facet; at most 20.</param>
    /// <param name="orderBy">In which order: by relevance where there is a text, else by popularity.</param>
    /// <param name="facets">Which facets to tell in `facets`; left out, all.</param>
    /// <param name="correctText">Whether a word that no product has may be taken for the nearest one that products have; false to "search instead for" what was typed.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Public(SearchAnnouncements.Channel), Cost(20)]
    public async Task<ProductSearchConnection> ProductSearchAsync(
        IResolveFieldContext context,
        [MaxText(ProductSearch.MaxText)] string? text,
        ProductWhere? where,
        [MaxItems(20)] IReadOnlyList<FacetTickInput>? ticked,
        ProductSearchOrder? orderBy,
        [MaxItems(6)] IReadOnlyList<FacetKey>? facets,
        ForwardPage page,
        bool correctText = true,
        CancellationToken cancel = default
    )
    {
        var order = ProductSearchOrder.Of(orderBy, hasText: text is not null);
        var start = SearchCursor.Read(page.Cursor, order);
        var levels = StockLevels.Of(stock.Value);
        var query = new SearchQuery(text, SearchConditions.Of(where), order)
        {
            Ticks = FacetTickInput.Read(ticked ?? [], levels, shop.Value.Currency),
            Levels = levels,
            Currency = shop.Value.Currency,
            CorrectText = correctText,
            After = start,
            Size = page.Size + 1,
            Counted = CountedFacets.Of(context, facets),
        };
        var found = await SearchAway.TellAsync(() => meter.CountAsync(() => search.FindAsync(query, cancel)));
        var (edges, more) = await PageAsync(found, order, start, page.Size, cancel);
        var asOf = age.AsOf(found.Age);
        return new(
            edges,
            new(
                more,
                HasPreviousPage: start is not null,
                edges.FirstOrDefault()?.Cursor,
                edges.LastOrDefault()?.Cursor
            ),
            found.Count,
            asOf
        )
        {
            Found = found,
            Notices = [.. NoticesOf(found, asOf)],
            FacetKeys = facets,
            Within = [.. where?.Category is { Eq: { } only } ? [only] : where?.Category?.In ?? []],
        };
    }

    private IEnumerable<SearchNotice> NoticesOf(SearchResult found, DateTimeOffset asOf)
    {
        if (found.IsCorrected)
        {
            yield return SearchNotice.Corrected;
        }

        if (found.IsRelaxed)
        {
            yield return SearchNotice.Relaxed;
        }

        if (found.IsFallback)
        {
            yield return SearchNotice.Fallback;
        }

        if (clock.GetUtcNow() - asOf > options.Value.StaleAfter)
        {
            yield return SearchNotice.Stale;
        }
    }

    // Hits whose product is gone by now are replaced by the next ones: a page is never short.
    private async Task<(List<ProductSearchEdge> Edges, bool HasMore)> PageAsync(
        SearchResult found,
        SearchOrder order,
        SearchHit? after,
        int size,
        CancellationToken cancel
    )
    {
        var edges = new List<ProductSearchEdge>();
        var marked = new PageHighlights(highlights, found);
        while (true)
        {
            var wanted = size - edges.Count + 1;
            var hits = await SearchAway.TellAsync(() => found.PageAsync(after, wanted, cancel).AsTask());
            edges.AddRange(await EdgesAsync(hits, order, marked, cancel));
            if (edges.Count > size || hits.Count < wanted)
            {
                return ([.. edges.Take(size)], edges.Count > size);
            }

            after = hits[^1];
        }
    }

    private async Task<IEnumerable<ProductSearchEdge>> EdgesAsync(
        IReadOnlyList<SearchHit> hits,
        SearchOrder order,
        PageHighlights marked,
        CancellationToken cancel
    )
    {
        var products = await LoaderResults
            .All(hits.Select(hit => loaders.Get<ProductById>().Load(hit.ProductId)))
            .GetResultAsync(cancel);
        return from each in hits.Zip(products)
            where each.Second is not null
            select new ProductSearchEdge(
                SearchCursor.Of(each.First, order),
                each.Second,
                each.First.Tier + each.First.Popularity / 1000.0,
                each.First.SkuCount
            )
            {
                FirstSku = each.First.FirstSku,
                Page = marked,
                Number = marked.Add(each.Second),
            };
    }
}
