using System.Text.Json;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Tables;

/// <summary>
/// What was found without a text, as many see it: of one revision it is found, sorted and counted once. Kept are a page and its counts,
/// not each hit.
/// </summary>
/// <param name="columns">What it is found in.</param>
/// <param name="query">What is looked for; it has no text.</param>
internal sealed class KeptResult(DatedColumns columns, SearchQuery query) : SearchResult
{
    private readonly Kept _kept = columns.Kept.Of(
        JsonSerializer.Serialize(query),
        () => new Kept(columns, query)
    );

    /// <inheritdoc />
    public override IndexAge Age => columns.Age;

    /// <inheritdoc />
    public override int Count => _kept.First.Value.Count;

    /// <inheritdoc />
    public override SearchFacets Facets => _kept.Facets.Value;

    /// <inheritdoc />
    public override ValueTask<IReadOnlyList<SearchHit>> PageAsync(
        SearchHit? after,
        int limit,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            after == query.After && limit <= query.Size
                ? [.. _kept.First.Value.Page.Take(limit)]
                : TableResult.All(columns, query).PageOf(after, limit)
        );

    /// <summary>The SKUs that pass, taken together; in no order.</summary>
    public static IReadOnlyList<SkuGroup> Groups(DatedColumns columns, SearchQuery query, SkuGrouping by) =>
        columns.Kept.Of(
            JsonSerializer.Serialize(new { by, query }),
            () => TableResult.All(columns, query).Groups(by)
        );

    /// <inheritdoc />
    internal override ValueTask<bool> HasUntickedAsync(CancellationToken cancel) =>
        TableResult.All(columns, query).HasUntickedAsync(cancel);

    private sealed class Kept(DatedColumns columns, SearchQuery query)
    {
        public Lazy<(int Count, IReadOnlyList<SearchHit> Page)> First { get; } =
            new(() =>
            {
                var all = TableResult.All(columns, query);
                return (all.Count, all.PageOf(query.After, query.Size));
            });

        public Lazy<SearchFacets> Facets { get; } = new(() => TableResult.All(columns, query).Facets);
    }
}
