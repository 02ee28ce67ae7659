using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Elastic;

/// <summary>Asks for a page of hits in an order, and reads it.</summary>
/// <param name="query">What is looked for.</param>
internal sealed class ElasticPage(SearchQuery query)
{
    private readonly JsonObject? _skus = ElasticConditions.OfSkus(query.Condition);

    /// <summary>What goes into the body of a search for a page.</summary>
    public void Write(JsonObject body, SearchHit? after, int limit)
    {
        body["size"] = limit;
        body["_source"] = false;
        body["docvalue_fields"] = new JsonArray("popularity");
        body["track_total_hits"] = true;
        body["track_scores"] = query.Text is not null;
        body["sort"] = Json.Array(Keys.Select(key => key.Sort));
        if (after is { } last)
        {
            body["search_after"] = Json.Array(Keys.Select(key => (JsonNode?)key.Of(last)));
        }

        body["post_filter"] = Json.All([
            .. query
                .Ticks.Where(tick => ElasticConditions.OfSkus(tick.Condition) is null)
                .Select(tick => ElasticConditions.OfProduct(tick.Condition)),
            First,
        ]);
    }

    /// <summary>Reads the hits of an answer.</summary>
    public IReadOnlyList<SearchHit> Read(JsonElement answer) =>
        [.. answer.GetProperty("hits").GetProperty("hits").EnumerateArray().Select(ReadOne)];

    /// <summary>Reads how many there are.</summary>
    public static int Total(JsonElement answer) =>
        answer.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt32();

    // The first SKU that meets all of it, and how many do.
    private JsonObject First
    {
        get
        {
            var nested = Json.Sku(Passing());
            nested["nested"]!["inner_hits"] = new JsonObject
            {
                ["size"] = 1,
                ["_source"] = false,
                ["docvalue_fields"] = new JsonArray("skus.id"),
                ["sort"] = new JsonArray(Json.Object("skus.position", "asc")),
            };
            return nested;
        }
    }

    private IEnumerable<Key> Keys
    {
        get
        {
            Key[] by = query.Order.Field switch
            {
                SearchOrderField.Relevance =>
                [
                    new(Plain("_score", isDescending: true), hit => hit.Tier),
                    new(OfSkus("skus.sellable", "max", isDescending: true), hit => hit.IsSellable ? 1 : 0),
                    new(Plain("popularity", isDescending: true), hit => hit.Popularity),
                    new(Plain("createdAt", isDescending: true), hit => hit.CreatedAt.UtcTicks),
                ],
                SearchOrderField.Popularity =>
                [
                    new(Plain("popularity", isDescending: true), hit => hit.Popularity),
                ],
                SearchOrderField.Price =>
                [
                    new(OfSkus("skus.price", "min", isDescending: false), hit => hit.PriceMinor),
                ],
                SearchOrderField.CreatedAt =>
                [
                    new(Plain("createdAt", isDescending: true), hit => hit.CreatedAt.UtcTicks),
                ],
                SearchOrderField.Title =>
                [
                    new(Plain("sortTitle", isDescending: false), hit => hit.SortTitle),
                ],
                _ => throw new InvalidOperationException($"There is no order {query.Order.Field}."),
            };
            return by.Append(
                new(Json.Object("product", new JsonObject { ["order"] = "asc" }), hit => hit.ProductId.Value)
            );
        }
    }

    private JsonObject Passing() =>
        _skus is null ? Json.Object("match_all", new JsonObject()) : _skus.DeepClone().AsObject();

    private JsonObject Plain(string field, bool isDescending) =>
        Json.Object(field, new JsonObject { ["order"] = Way(isDescending) });

    private JsonObject OfSkus(string field, string mode, bool isDescending) =>
        Json.Object(
            field,
            new JsonObject
            {
                ["order"] = Way(isDescending),
                ["mode"] = mode,
                ["nested"] = new JsonObject { ["path"] = "skus", ["filter"] = Passing() },
            }
        );

    private string Way(bool isDescending) => isDescending == query.Order.IsReversed ? "asc" : "desc";

    private SearchHit ReadOne(JsonElement hit)
    {
        var sort = hit.GetProperty("sort");
        var skus = hit.GetProperty("inner_hits").GetProperty("skus").GetProperty("hits");
        var read = new SearchHit
        {
            Tier = TierOf(hit),
            ProductId = new(sort[sort.GetArrayLength() - 1].GetInt64()),
            Popularity = hit.GetProperty("fields").GetProperty("popularity")[0].GetInt16(),
            SkuCount = skus.GetProperty("total").GetProperty("value").GetInt32(),
            FirstSku = new(
                skus.GetProperty("hits")[0].GetProperty("fields").GetProperty("skus.id")[0].GetInt64()
            ),
        };
        return query.Order.Field switch
        {
            SearchOrderField.Relevance => read with
            {
                IsSellable = sort[1].GetInt64() == 1,
                CreatedAt = new(sort[3].GetInt64(), TimeSpan.Zero),
            },
            SearchOrderField.Price => read with { PriceMinor = sort[0].GetInt64() },
            SearchOrderField.CreatedAt => read with { CreatedAt = new(sort[0].GetInt64(), TimeSpan.Zero) },
            SearchOrderField.Title => read with { SortTitle = sort[0].GetString() },
            _ => read,
        };
    }

    private int TierOf(JsonElement hit) =>
        query.Text is not null
        && hit.TryGetProperty("_score", out var score)
        && score.ValueKind == JsonValueKind.Number
            ? (int)score.GetDouble()
            : 0;

    private sealed record Key(JsonObject Sort, Func<SearchHit, JsonNode?> Of);
}
