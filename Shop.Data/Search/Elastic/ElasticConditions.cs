using System.Text.Json.Nodes;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Conditions, asked of Elasticsearch. What is about products alone is asked of them; the rest of their SKUs, with copies there of what
/// the product says, so that one SKU meets all of it.
/// </summary>
internal static class ElasticConditions
{
    private const string OfSku = "skus.";

    /// <summary>Products of which a SKU meets it.</summary>
    public static JsonObject OfProduct(SearchCondition condition) =>
        Json.All([
            .. Parts(condition).Where(IsOfProduct).Select(part => One(part, prefix: "")),
            .. OfSkus(condition) is { } skus ? [Json.Sku(skus)] : Array.Empty<JsonObject>(),
        ]);

    /// <summary>What a SKU has to meet, in a product that meets the rest; null for nothing.</summary>
    public static JsonObject? OfSkus(SearchCondition condition) =>
        Parts(condition).Where(part => !IsOfProduct(part)).Select(part => One(part, OfSku)).ToList()
            is { Count: > 0 } parts
            ? Json.All(parts)
            : null;

    /// <summary>All of it, asked of a SKU.</summary>
    public static JsonObject OfSkuAlone(SearchCondition condition) => One(condition, OfSku);

    private static IEnumerable<SearchCondition> Parts(SearchCondition condition) =>
        condition is SearchCondition.All(var parts) ? parts.SelectMany(Parts) : [condition];

    private static bool IsOfProduct(SearchCondition condition) =>
        condition switch
        {
            SearchCondition.All(var parts) => parts.All(IsOfProduct),
            SearchCondition.Any(var parts) => parts.All(IsOfProduct),
            SearchCondition.No(var part) => IsOfProduct(part),
            SearchCondition.Options or SearchCondition.Price or SearchCondition.Units => false,
            _ => true,
        };

    private static JsonObject One(SearchCondition condition, string prefix) =>
        condition switch
        {
            SearchCondition.All(var parts) => Json.All(parts.Select(part => One(part, prefix))),
            SearchCondition.Any(var parts) => Json.Any(parts.Select(part => One(part, prefix))),
            SearchCondition.No(var part) => Json.Not(One(part, prefix)),
            SearchCondition.Ids(var ids) => Json.Terms($"{prefix}product", ids.Select(id => id.Value)),
            SearchCondition.Slugs(var slugs) => Json.Terms($"{prefix}slug", slugs),
            SearchCondition.Categories(var ids) => Json.Terms(
                $"{prefix}categories",
                ids.Select(id => id.Value)
            ),
            SearchCondition.Brands(var texts) => Json.Terms($"{prefix}brand", texts),
            SearchCondition.Tags(var texts) => Json.Terms($"{prefix}tags", texts),
            SearchCondition.Options(var name, var texts) => Json.Terms(
                "skus.options",
                texts.Select(text => ElasticDocument.OptionOf(name, text))
            ),
            SearchCondition.Price(var currency, var from, var to) => Json.All([
                Json.Term("skus.currency", currency),
                Range("skus.price", from, to),
            ]),
            SearchCondition.Units(var from, var to) => Range("skus.available", from, to),
            SearchCondition.Created(var from, var to) => Range($"{prefix}createdAt", from, to),
            SearchCondition.Updated(var from, var to) => Range($"{prefix}updatedAt", from, to),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };

    private static JsonObject Range(string field, DateTimeOffset? from, DateTimeOffset? to) =>
        Range(field, (from ?? DateTimeOffset.MinValue).UtcTicks, (to ?? DateTimeOffset.MaxValue).UtcTicks);

    private static JsonObject Range(string field, long from, long to) =>
        Json.Object("range", Json.Object(field, new JsonObject { ["gte"] = from, ["lte"] = to }));
}
