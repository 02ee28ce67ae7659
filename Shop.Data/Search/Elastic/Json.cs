using System.Text.Json.Nodes;

namespace Shop.Data.Search.Elastic;

/// <summary>Writes what is asked of Elasticsearch.</summary>
internal static class Json
{
    public static JsonObject Object(string name, JsonNode? value) => new() { [name] = value };

    public static JsonObject Term(string field, JsonNode value) => Object("term", Object(field, value));

    public static JsonObject Terms<T>(string field, IEnumerable<T> values) =>
        Object("terms", Object(field, Array(values.Select(value => (JsonNode?)JsonValue.Create(value)))));

    /// <summary>All of these; of none, anything.</summary>
    public static JsonObject All(IEnumerable<JsonNode> parts) =>
        parts.ToList() switch
        {
            [] => Object("match_all", new JsonObject()),
            [JsonObject only] => only,
            var several => Object("bool", Object("filter", Array(several))),
        };

    /// <summary>One of these; of none, nothing.</summary>
    public static JsonObject Any(IEnumerable<JsonNode> parts) =>
        parts.ToList() switch
        {
            [] => Object("match_none", new JsonObject()),
            [JsonObject only] => only,
            var several => Object("bool", Object("should", Array(several))),
        };

    public static JsonObject Not(JsonNode part) => Object("bool", Object("must_not", part));

    /// <summary>A SKU of the product that meets this.</summary>
    public static JsonObject Sku(JsonNode query) =>
        Object("nested", new JsonObject { ["path"] = "skus", ["query"] = query });

    public static JsonArray Array(IEnumerable<JsonNode?> parts) => [.. parts];
}
