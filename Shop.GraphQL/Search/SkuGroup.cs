using System.Globalization;
using Shop.Data.Search.Columns;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Inventory;
using Counted = Shop.Data.Search.Columns.SkuGroup;

namespace Shop.GraphQL.Search;

/// <summary>A page of groups of SKUs.</summary>
/// <param name="Edges">The groups with their cursors.</param>
/// <param name="PageInfo">Where this page stands in the list.</param>
/// <param name="TotalCount">Groups in all.</param>
/// <param name="AsOf">All that was committed by then was counted; a moment ago, as a rule.</param>
[Public]
internal sealed record SkuGroupConnection(
    [property: Paged] IReadOnlyList<SkuGroupEdge> Edges,
    PageInfo PageInfo,
    int TotalCount,
    DateTimeOffset AsOf
)
{
    /// <summary>The groups.</summary>
    [Paged]
    public IReadOnlyList<SkuGroup> Nodes => [.. Edges.Select(edge => edge.Node)];
}

/// <summary>A group of SKUs and its place in the list.</summary>
/// <param name="Cursor">Marks the place after this group; opaque.</param>
/// <param name="Node">The group.</param>
[Public]
internal sealed record SkuGroupEdge(string Cursor, SkuGroup Node);

/// <summary>SKUs that have something in common.</summary>
/// <param name="Key">
/// Unique among the groups: a category's id, a maker, a tag, an option with its value such as `Colour=Red`, a range of prices such as
/// `10.00-20.00`, whose end is not a part of it, or a status such as `IN_STOCK`.
/// </param>
/// <param name="ProductCount">Of how many products they are.</param>
/// <param name="Summary">What they come to.</param>
[Public]
internal sealed record SkuGroup(string Key, int ProductCount, SkuSummary Summary)
{
    /// <summary>What to call it: a category's title, an option's value, or the key.</summary>
    [Public]
    public IDataLoaderResult<string> Label([FromServices] LoaderContext loaders) =>
        Category(loaders).Select(category => category?.Title ?? Value);

    /// <summary>The category; null for other groups, and for one that is gone by now.</summary>
    [Public]
    public IDataLoaderResult<Category?> Category([FromServices] LoaderContext loaders) =>
        CategoryId is { } id ? loaders.Get<CategoryById>().Load(id) : LoaderResults.Of<Category?>(null);

    /// <summary>What they have in common, as it is written.</summary>
    internal required string Value { get; init; }

    /// <summary>Of a category, its id.</summary>
    internal CategoryId? CategoryId { get; init; }

    internal static SkuGroup Of(Counted group, string currency)
    {
        var sums = group.Sums;
        return new(KeyOf(group), sums.Products, SummaryOf(sums, currency))
        {
            Value = group.Value.Value,
            CategoryId = CategoryOf(group),
        };
    }

    /// <summary>Its key.</summary>
    internal static string KeyOf(Counted group) =>
        CategoryOf(group) is { } category ? GlobalId.Of(category).ToString()
        : group.Value.Facet.Name is { Length: > 0 } option ? $"{option}={group.Value.Value}"
        : group.Value.Value;

    private static CategoryId? CategoryOf(Counted group) =>
        group.Value.Facet.Kind == FacetKind.Category
            ? new(long.Parse(group.Value.Value, CultureInfo.InvariantCulture))
            : null;

    private static SkuSummary SummaryOf(SkuSums sums, string currency) =>
        new(
            sums.Skus,
            new(sums.MinPrice, currency),
            new(sums.MaxPrice, currency),
            new Money(sums.PriceSum, currency).Part(1, sums.Skus),
            sums.InStock,
            (int)Math.Min(sums.Available, int.MaxValue)
        );
}

/// <summary>What SKUs are taken together by.</summary>
internal enum SkuGrouping
{
    /// <summary>Their category, and each above it.</summary>
    Category,

    /// <summary>Who makes them.</summary>
    Brand,

    /// <summary>The tags of their product.</summary>
    Tag,

    /// <summary>The value of an option, such as `Colour`.</summary>
    Option,

    /// <summary>What they cost.</summary>
    PriceBand,

    /// <summary>How much there is of them.</summary>
    StockStatus,
}
