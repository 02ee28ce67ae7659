using Shop.Data.Catalog;
using Shop.Data.Search.Finding;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Search;

/// <summary>What the filters of products ask of the index.</summary>
internal static class SearchConditions
{
    /// <exception cref="ExecutionError">The filter is nested too deeply, or has too many conditions.</exception>
    public static SearchCondition Of(ProductWhere? where) =>
        where is null ? new SearchCondition.All([]) : All(where, depth: 1, new FilterLimits());

    private static SearchCondition.All All(ProductWhere where, int depth, FilterLimits limits)
    {
        FilterLimits.Enter(depth);
        List<SearchCondition> parts = [.. Own(where)];
        limits.Count(parts.Count);
        parts.AddRange((where.And ?? []).Select(part => All(part, depth + 1, limits)));
        if (where.Or is { } or)
        {
            parts.Add(new SearchCondition.Any([.. or.Select(part => All(part, depth + 1, limits))]));
        }

        if (where.Not is { } not)
        {
            parts.Add(new SearchCondition.No(All(not, depth + 1, limits)));
        }

        return new SearchCondition.All(parts);
    }

    private static IEnumerable<SearchCondition> Own(ProductWhere where) =>
        [
            .. Each(where.Id?.Eq, where.Id?.In, ids => new SearchCondition.Ids(ids)),
            .. Each(where.Slug?.Eq, where.Slug?.In, slugs => new SearchCondition.Slugs(slugs)),
            .. Each(where.Category?.Eq, where.Category?.In, ids => new SearchCondition.Categories(ids)),
            .. Each(where.Brand?.Eq, where.Brand?.In, brands => new SearchCondition.Brands(brands)),
            .. Each(where.Tag?.Eq, where.Tag?.In, tags => new SearchCondition.Tags(tags)),
            .. Each(where.Status?.Eq, where.Status?.In, OnSale),
            .. where.Price is { } price ? [PriceOf(price)] : Array.Empty<SearchCondition>(),
            .. where.CreatedAt is { } made
                ? [new SearchCondition.Created(made.Gte, made.Lte)]
                : Array.Empty<SearchCondition>(),
            .. where.UpdatedAt is { } changed
                ? [new SearchCondition.Updated(changed.Gte, changed.Lte)]
                : Array.Empty<SearchCondition>(),
        ];

    private static IEnumerable<SearchCondition> Each<T>(
        T? one,
        IReadOnlyList<T>? many,
        Func<IReadOnlyList<T>, SearchCondition> of
    )
        where T : struct
    {
        if (one is { } only)
        {
            yield return of([only]);
        }

        if (many is not null)
        {
            yield return of(many);
        }
    }

    private static IEnumerable<SearchCondition> Each(
        string? one,
        IReadOnlyList<string>? many,
        Func<IReadOnlyList<string>, SearchCondition> of
    )
    {
        if (one is not null)
        {
            yield return of([one]);
        }

        if (many is not null)
        {
            yield return of(many);
        }
    }

    // The index finds what is on sale, and nothing else.
    private static SearchCondition OnSale(IReadOnlyList<ProductStatus> statuses) =>
        statuses.Contains(ProductStatus.Active) ? new SearchCondition.All([]) : new SearchCondition.Any([]);

    internal static SearchCondition.Price PriceOf(PriceFilter price)
    {
        var (from, to) = price.MinorRange();
        return new(price.CurrencyCode, from, to);
    }
}
