using System.Text.Json;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Federation;

/// <summary>What other subgraphs can name of the catalogue, by which keys, and what that costs.</summary>
public sealed class CatalogEntityTests(SampleShop sample) : IClassFixture<SampleShop>
{
    private const string Entities = """
        query ($of: [_Any!]!) {
          _entities(representations: $of) {
            __typename
            ... on Product { id slug category { title } variants(first: 1) { nodes { sku } } }
            ... on ProductVariant { id sku availability { available } product { title } }
            ... on Category { id slug parent { title } }
          }
        }
        """;

    [Theory]
    [InlineData("Product", "slug", "bling-key-ring")]
    [InlineData("ProductVariant", "sku", "85123A")]
    [InlineData("Category", "slug", "easter")]
    public async Task A_thing_is_found_by_either_of_its_keys(string type, string field, string value)
    {
        var bySecondKey = Assert.Single(await FindAsync([Reference(type, field, value)]));
        var id = bySecondKey.GetProperty("id").GetString()!;
        var byId = Assert.Single(await FindAsync([Reference(type, "id", id)]));

        Assert.Equal(type, byId.GetProperty("__typename").GetString());
        Assert.Equal(value, byId.GetProperty(field).GetString());
        Assert.Equal(byId.GetRawText(), bySecondKey.GetRawText());
    }

    [Theory]
    [InlineData("Product", "slug")]
    [InlineData("ProductVariant", "sku")]
    [InlineData("Category", "slug")]
    public async Task What_does_not_exist_is_absent(string type, string field) =>
        Assert.Equal(
            JsonValueKind.Null,
            Assert.Single(await FindAsync([Reference(type, field, "never-was")])).ValueKind
        );

    [Fact]
    public async Task A_hundred_references_cost_as_many_statements_as_one()
    {
        var products = await sample.Shop.AskJsonAsync(
            "{ products(first: 100, orderBy: {field: TITLE}) { nodes { id slug variants(first: 1) { nodes { id sku } } } } }"
        );
        var nodes = products.GetProperty("products").GetProperty("nodes").EnumerateArray().ToList();
        var variants = nodes.Select(node => node.GetProperty("variants").GetProperty("nodes")[0]).ToList();

        await CostsTheSameAsync("Product", "id", nodes);
        await CostsTheSameAsync("Product", "slug", nodes);
        await CostsTheSameAsync("ProductVariant", "id", variants);
        await CostsTheSameAsync("ProductVariant", "sku", variants);
    }

    private async Task CostsTheSameAsync(string type, string field, List<JsonElement> things)
    {
        var references = things
            .Select(thing => Reference(type, field, thing.GetProperty(field).GetString()!))
            .ToArray();
        var one = await StatementsAsync(references[..1]);
        var hundred = await StatementsAsync(references);

        Assert.Equal(100, references.Length);
        Assert.True(
            one.Count == hundred.Count,
            $"{type} by {field}: {one.Count} statements for one, but\n\n{string.Join("\n\n", hundred)}"
        );
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(Dictionary<string, object?>[] references)
    {
        using var count = SqlCount.Start();
        Assert.All(await FindAsync(references), found => Assert.Equal(JsonValueKind.Object, found.ValueKind));
        return count.Statements;
    }

    private async Task<IReadOnlyList<JsonElement>> FindAsync(Dictionary<string, object?>[] references)
    {
        var answer = await sample.Shop.AskJsonAsync(Entities, new { of = references });
        return [.. answer.GetProperty("_entities").EnumerateArray()];
    }

    private static Dictionary<string, object?> Reference(string type, string field, string value) =>
        new() { ["__typename"] = type, [field] = value };
}
