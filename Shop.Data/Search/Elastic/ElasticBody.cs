using System.Text.Json.Nodes;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Elastic;

/// <summary>Writes searches for a query.</summary>
/// <param name="query">What is looked for.</param>
/// <param name="text">What meets the text, with tiers as scores; null without one.</param>
internal sealed class ElasticBody(SearchQuery query, JsonObject? text)
{
    /// <summary>What is looked for.</summary>
    public SearchQuery Query => query;

    /// <summary>A page of hits, without a count of facets.</summary>
    public JsonObject Page(SearchHit? after, int limit)
    {
        var body = Any();
        new ElasticPage(query).Write(body, after, limit);
        return body;
    }

    /// <summary>Counts alone.</summary>
    /// <param name="aggregates">What is counted.</param>
    public JsonObject Counts(JsonObject aggregates)
    {
        var body = Any();
        body["track_total_hits"] = false;
        body["aggs"] = aggregates;
        return body;
    }

    /// <summary>How many there are without what is ticked.</summary>
    public JsonObject Any() =>
        new()
        {
            ["size"] = 0,
            ["query"] = new JsonObject
            {
                ["bool"] = new JsonObject
                {
                    ["filter"] = new JsonArray(
                        Json.Term("isSearchable", true),
                        ElasticConditions.OfProduct(query.Where)
                    ),
                    ["must"] = text is null ? new JsonArray() : new JsonArray(text.DeepClone()),
                },
            },
        };
}
