using Microsoft.Extensions.Options;
using Shop.Data.Inventory;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Tables;
using Shop.GraphQL.Catalog;
using By = Shop.Data.Search.Columns.SkuGrouping;
using Counted = Shop.Data.Search.Columns.SkuGroup;

namespace Shop.GraphQL.Search;

/// <summary>SKUs taken together.</summary>
internal sealed class SkuAggregateQueries(
    TableSearch search,
    SearchAge age,
    IOptions<ShopOptions> shop,
    IOptions<InventoryOptions> stock
)
{
    // Groups have one of their own.
    private static readonly SearchOrder _noOrder = new(SearchOrderField.Popularity, IsReversed: false);

    /// <summary>
    /// All SKUs on sale, or those of a search, taken together by what they have in common: how many, at which prices, how much of
    /// them. A SKU with several values, such as tags, counts in the group of each. The index is a moment behind what was saved: see
    /// `asOf`.
    /// </summary>
    /// <param name="groupBy">What they have in common.</param>
    /// <param name="name">The option for `OPTION`, such as `Colour`; left out, the values of all options.</param>
    /// <param name="bands">For `PRICE_BAND`, where the ranges begin and the last ends, in the shop's currency, 2 to 50 in ascending order; left out, up to eight at round prices.</param>
    /// <param name="text">Only SKUs of products that meet it; see `productSearch`.</param>
    /// <param name="where">Only SKUs that meet it.</param>
    /// <param name="orderBy">In which order: most SKUs first, unless it says otherwise.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Public(SearchAnnouncements.Channel), Cost(20)]
    public async Task<SkuGroupConnection> SkuAggregateAsync(
        SkuGrouping groupBy,
        [MaxText(200)] string? name,
        [MaxItems(50)] IReadOnlyList<decimal>? bands,
        [MaxText(ProductSearch.MaxText)] string? text,
        ProductWhere? where,
        SkuGroupOrder? orderBy,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        var query = new SearchQuery(text, SearchConditions.Of(where), _noOrder)
        {
            Levels = StockLevels.Of(stock.Value),
            Currency = shop.Value.Currency,
        };
        var order = orderBy ?? new SkuGroupOrder { Field = SkuGroupOrderField.Count };
        var after = SkuGroupPlace.Read(page.Cursor);
        var (groups, read) = await search.GroupAsync(query, Grouping(groupBy, name, bands), cancel);
        Counted[] rest =
        [
            .. groups
                .Where(group => after is not { } last || order.Compare(order.PlaceOf(group), last) > 0)
                .OrderBy(order.PlaceOf, order)
                .Take(page.Take),
        ];
        SkuGroupEdge[] edges =
        [
            .. rest.Take(page.Size)
                .Select(group => new SkuGroupEdge(
                    order.PlaceOf(group).ToString(),
                    SkuGroup.Of(group, query.Currency)
                )),
        ];
        return new(
            edges,
            new(
                HasNextPage: rest.Length > page.Size,
                HasPreviousPage: after is not null,
                edges.FirstOrDefault()?.Cursor,
                edges.LastOrDefault()?.Cursor
            ),
            groups.Count,
            age.AsOf(read)
        );
    }

    private By Grouping(SkuGrouping by, string? name, IReadOnlyList<decimal>? bands) =>
        by switch
        {
            SkuGrouping.Category => new By.Value(new(FacetKind.Category)),
            SkuGrouping.Brand => new By.Value(new(FacetKind.Brand)),
            SkuGrouping.Tag => new By.Value(new(FacetKind.Tag)),
            SkuGrouping.Option => new By.Value(new(FacetKind.Option, name ?? "")),
            SkuGrouping.PriceBand => new By.Price(bands is null ? null : Bounds(bands)),
            SkuGrouping.StockStatus => new By.Level(),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, message: null),
        };

    private long[] Bounds(IReadOnlyList<decimal> bands)
    {
        long[] bounds =
        [
            .. bands.Select(bound => Money.TryOf(bound, shop.Value.Currency)?.Minor).OfType<long>(),
        ];
        return
            bounds.Length >= 2
            && bounds.Length == bands.Count
            && bounds[0] >= 0
            && bounds.SequenceEqual(bounds.Distinct().Order())
            ? bounds
            : throw new ExecutionError("`bands` are 2 to 50 prices in ascending order.")
            {
                Code = ErrorCode.ValidationFailed,
            };
    }
}
