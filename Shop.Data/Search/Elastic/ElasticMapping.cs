using System.Text.Json.Nodes;

namespace Shop.Data.Search.Elastic;

/// <summary>What an index of ours looks like.</summary>
internal static class ElasticMapping
{
    /// <summary>Rises with every change of this file or of <see cref="ElasticDocument"/>: indexes of another number are built anew.</summary>
    public const int Version = 2;

    // It is refreshed when it was fed, and not by the clock: while it is built that would be for nobody.
    // Words come as they are looked for, parted by blanks. What a condition of a product asks stands with each SKU as well, since one
    // SKU has to meet all of it.
    private const string Text = """
        {
          "settings": {
            "index": {
              "refresh_interval": "-1",
              "mapping": { "nested_objects": { "limit": 100000 } },
              "max_terms_count": 100000
            },
            "analysis": { "analyzer": { "shop_words": { "type": "custom", "tokenizer": "whitespace" } } }
          },
          "mappings": {
            "dynamic": "strict",
            "_source": { "includes": ["product"] },
            "properties": {
              "product": { "type": "long" },
              "isSearchable": { "type": "boolean" },
              "title": { "type": "text", "analyzer": "shop_words", "norms": false },
              "names": { "type": "text", "analyzer": "shop_words", "norms": false },
              "all": { "type": "text", "analyzer": "shop_words", "norms": false },
              "titleExact": { "type": "keyword", "doc_values": false, "ignore_above": 8000 },
              "codes": { "type": "keyword", "doc_values": false, "ignore_above": 8000 },
              "sortTitle": { "type": "keyword", "index": false, "ignore_above": 8000 },
              "popularity": { "type": "short" },
              "createdAt": { "type": "long" },
              "updatedAt": { "type": "long" },
              "slug": { "type": "keyword", "doc_values": false },
              "brand": { "type": "keyword" },
              "tags": { "type": "keyword" },
              "categories": { "type": "long" },
              "skus": {
                "type": "nested",
                "properties": {
                  "id": { "type": "long" },
                  "position": { "type": "integer" },
                  "price": { "type": "long" },
                  "currency": { "type": "keyword", "doc_values": false },
                  "available": { "type": "integer" },
                  "sellable": { "type": "byte" },
                  "options": { "type": "keyword" },
                  "product": { "type": "long", "doc_values": false },
                  "createdAt": { "type": "long", "doc_values": false },
                  "updatedAt": { "type": "long", "doc_values": false },
                  "slug": { "type": "keyword", "doc_values": false },
                  "brand": { "type": "keyword", "doc_values": false },
                  "tags": { "type": "keyword", "doc_values": false },
                  "categories": { "type": "long", "doc_values": false }
                }
              }
            }
          }
        }
        """;

    /// <summary>The body that creates one.</summary>
    /// <param name="options">Shards and replicas.</param>
    /// <param name="writeAlias">What it is written by.</param>
    public static JsonObject Of(ElasticOptions options, string writeAlias)
    {
        var body = JsonNode.Parse(Text)!.AsObject();
        var index = body["settings"]!["index"]!.AsObject();
        index["number_of_shards"] = options.Shards;
        index["number_of_replicas"] = options.Replicas;
        body["aliases"] = new JsonObject { [writeAlias] = new JsonObject() };
        return body;
    }
}
