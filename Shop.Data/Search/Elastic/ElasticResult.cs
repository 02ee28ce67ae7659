using System.Text.Json;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Elastic;

/// <summary>What Elasticsearch has found: a page and its counts, and it is asked again for another page.</summary>
/// <param name="body">What it was asked.</param>
/// <param name="index">Which index, and how old it was before it was asked.</param>
/// <param name="answer">What it has said.</param>
/// <param name="facets">What it has counted.</param>
/// <param name="ask">Asks it again.</param>
internal sealed class ElasticResult(
    ElasticBody body,
    LiveAt index,
    JsonElement answer,
    SearchFacets facets,
    AskElastic ask
) : SearchResult
{
    private readonly SearchQuery _query = body.Query;

    /// <inheritdoc />
    public override IndexAge Age => index.Age;

    /// <inheritdoc />
    public override int Count => ElasticPage.Total(answer);

    /// <inheritdoc />
    public override SearchFacets Facets => facets;

    /// <inheritdoc />
    public override async ValueTask<IReadOnlyList<SearchHit>> PageAsync(
        SearchHit? after,
        int limit,
        CancellationToken cancel
    )
    {
        var isFirst = after == _query.After && limit <= _query.Size;
        var page = isFirst ? answer : await ask(index, body.Page(after, limit), cancel);
        return [.. new ElasticPage(_query).Read(page).Take(limit)];
    }

    /// <inheritdoc />
    internal override async ValueTask<bool> HasUntickedAsync(CancellationToken cancel) =>
        Count > 0 || (_query.Ticks.Count > 0 && ElasticPage.Total(await ask(index, body.Any(), cancel)) > 0);
}
