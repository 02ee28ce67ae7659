using System.Text.Json;
using Shop.Tests.Catalog;

namespace Shop.Tests.Search;

/// <summary>Facets by columns in memory.</summary>
public sealed class HeldFacetTests(SearchShop shop) : FacetTests(shop), IClassFixture<SearchShop>;

/// <summary>The same in a shop that has more SKUs than are held in memory.</summary>
public sealed class ReadFacetTests(LargeSearchShop shop) : FacetTests(shop), IClassFixture<LargeSearchShop>;

/// <summary>The same by Elasticsearch.</summary>
public sealed class ElasticFacetTests(ElasticSearchShop shop)
    : FacetTests(shop),
        IClassFixture<ElasticSearchShop>;

/// <summary>What a page of products says of itself, and what a click on it shows.</summary>
public abstract class FacetTests(SearchShop small)
{
    [Fact]
    public async Task A_page_tells_by_what_it_can_be_narrowed_down() =>
        Assert.Equal(
            [
                "Category: Kitchen 4 > Mugs 4",
                "Brand: Potter 2",
                "Colour: Blue 1, Red 1",
                "Price: 5.00-10.00 4, 10.00-20.00 1",
                "Tag: gift 1",
                "Availability: LOW_STOCK 3, OUT_OF_STOCK 2",
            ],
            (await FacetsAsync("text: \"mug\"")).Select(facet => Line(facet, withoutEmpty: true))
        );

    [Theory]
    // The red one costs 12, the blue one 8 and is sold out.
    [InlineData("{option: {name: \"Colour\", values: [\"Red\"]}}", "MUG-R 1")]
    [InlineData("{option: {name: \"Colour\", values: [\"Red\", \"Blue\"]}}", "MUG-R 2")]
    [InlineData(
        "{option: {name: \"Colour\", values: [\"Blue\"]}}, {price: {currencyCode: GBP, gte: 10}}",
        ""
    )]
    [InlineData(
        "{option: {name: \"Colour\", values: [\"Blue\"]}}, {availability: [OUT_OF_STOCK]}",
        "MUG-R 1"
    )]
    [InlineData("{option: {name: \"Colour\", values: [\"Red\"]}}, {availability: [OUT_OF_STOCK]}", "")]
    [InlineData("{brand: [\"Potter\"]}", "MUG-R 2, MUG-2 1")]
    [InlineData("{brand: [\"Potter\"]}, {tag: [\"gift\"]}", "MUG-R 2")]
    [InlineData("{priceBand: [\"9.00-9.50\"]}", "MUG-2 1")]
    [InlineData("{priceBand: [\"9.00-9.50\", \"12.00-12.01\"]}", "MUG-R 1, MUG-2 1")]
    [InlineData("{brand: []}", "")]
    public async Task What_is_ticked_has_to_be_met_by_one_sku(string ticked, string found)
    {
        var answer = await AskAsync(
            $"text: \"mug\", ticked: [{ticked}]",
            "edges { node { variants(first: 1) { nodes { sku } } } variantCount }"
        );

        Assert.Equal(
            found,
            string.Join(
                ", ",
                answer
                    .GetProperty("edges")
                    .EnumerateArray()
                    .Select(edge =>
                        $"{edge.GetProperty("node").GetProperty("variants").GetProperty("nodes")[0].GetProperty("sku")} {edge.GetProperty("variantCount")}"
                    )
            )
        );
    }

    [Theory]
    [InlineData]
    [InlineData("{brand: [\"Potter\"]}")]
    [InlineData("{option: {name: \"Colour\", values: [\"Blue\"]}}")]
    [InlineData("{availability: [LOW_STOCK, IN_STOCK]}", "{tag: [\"gift\"]}")]
    [InlineData("{price: {currencyCode: GBP, lte: 9}}", "{availability: [OUT_OF_STOCK]}")]
    public async Task A_count_is_what_a_click_finds(params string[] ticked)
    {
        foreach (var facet in await FacetsAsync($"ticked: [{string.Join(", ", ticked)}]"))
        {
            foreach (var value in facet.GetProperty("values").EnumerateArray())
            {
                var (field, click) = Click(facet, value.GetProperty("value").GetString()!);
                var others = ticked.Where(tick => !tick.StartsWith(field, StringComparison.Ordinal));
                var after = await AskAsync(
                    $"ticked: [{string.Join(", ", others.Append(click))}]",
                    "totalCount"
                );

                Assert.Equal(
                    (click, value.GetProperty("count").GetInt32()),
                    (click, after.GetProperty("totalCount").GetInt32())
                );
            }
        }
    }

    [Fact]
    public async Task What_is_ticked_stays_to_be_taken_off_and_its_own_facet_shows_the_others()
    {
        var brand = Assert.Single(
            await FacetsAsync("text: \"pot\", ticked: [{brand: [\"Nobody\"]}], facets: [BRAND]")
        );

        Assert.Equal("Brand: Bialetti 1, Nobody 0*", Line(brand));
    }

    [Fact]
    public async Task Above_the_category_of_the_page_none_is_told()
    {
        var kitchen = await small.Shop.AskJsonAsync("{ category(by: {slug: \"kitchen\"}) { id } }");
        var id = kitchen.GetProperty("category").GetProperty("id").GetString();

        Assert.StartsWith(
            "Category: Mugs",
            Line(
                (
                    await FacetsAsync(
                        "where: {category: {eq: \"" + await MugsAsync() + "\"}}, facets: [CATEGORY]"
                    )
                )[0]
            ),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Category: Kitchen 8 > Mugs",
            Line((await FacetsAsync($"where: {{category: {{eq: \"{id}\"}}}}, facets: [CATEGORY]"))[0]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_skus_that_pass_the_first_is_the_one_to_show() =>
        Assert.Equal(
            """{"edges":[{"variant":{"sku":"MUG-R"},"variantCount":2}]}""",
            JsonSerializer.Serialize(
                await AskAsync("text: \"tea mug\"", "edges { variant { sku } variantCount }")
            )
        );

    [Fact]
    public async Task A_category_has_its_own_products_to_tick_on()
    {
        const string Found =
            "totalCount edges { node { slug } } facets { key values { label count selected } }";

        var mugs = await small.Shop.AskJsonAsync(
            $"{{ category(by: {{slug: \"mugs\"}}) {{ productSearch(text: \"mug\", ticked: [{{brand: [\"Potter\"]}}], first: 1) {{ {Found} }} }} }}"
        );

        Assert.Equal(
            JsonSerializer.Serialize(
                await AskAsync(
                    $"text: \"mug\", where: {{category: {{eq: \"{await MugsAsync()}\"}}}}, ticked: [{{brand: [\"Potter\"]}}], first: 1",
                    Found
                )
            ),
            JsonSerializer.Serialize(mugs.GetProperty("category").GetProperty("productSearch"))
        );
    }

    [Fact]
    public async Task The_sku_that_is_ticked_is_the_one_to_show_and_prices_are_those_without_the_tick_of_the_price()
    {
        var answer = await AskAsync(
            "text: \"tea mug\", ticked: [{option: {name: \"Colour\", values: [\"Blue\", \"Red\"]}}, {price: {currencyCode: GBP, lte: 9}}]",
            "edges { variant { sku } } priceRange { min { amount } max { amount currencyCode } }"
        );

        Assert.Equal(
            """{"edges":[{"variant":{"sku":"MUG-B"}}],"priceRange":{"min":{"amount":"8.00"},"max":{"amount":"12.00","currencyCode":"GBP"}}}""",
            JsonSerializer.Serialize(answer)
        );
    }

    [Theory]
    [InlineData("{brand: [\"A\"]}, {brand: [\"B\"]}", "VALIDATION_FAILED")]
    [InlineData("{priceBand: [\"cheap\"]}", "VALIDATION_FAILED")]
    [InlineData("{priceBand: [\"20.00-10.00\"]}", "VALIDATION_FAILED")]
    [InlineData("{priceBand: [\"0-79228162514264337593543950335\"]}", "VALIDATION_FAILED")]
    [InlineData("{brand: [\"A\"], tag: [\"B\"]}", "ONE_OF_INPUT_VALUES")]
    public async Task A_tick_that_makes_no_sense_is_refused(string ticked, string code) =>
        Assert.StartsWith(
            code,
            await small.Shop.AskAsync($"{{ productSearch(ticked: [{ticked}]) {{ totalCount }} }}"),
            StringComparison.Ordinal
        );

    private async Task<string> MugsAsync()
    {
        var answer = await small.Shop.AskJsonAsync("{ category(by: {slug: \"mugs\"}) { id } }");
        return answer.GetProperty("category").GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> AskAsync(string arguments, string fields) =>
        (await small.Shop.AskJsonAsync($"{{ productSearch({arguments}) {{ {fields} }} }}")).GetProperty(
            "productSearch"
        );

    private async Task<JsonElement[]> FacetsAsync(string arguments) =>
        [
            .. (
                await AskAsync(
                    arguments,
                    "facets { key name label isCut otherCount values { label value count selected depth from { amount } } }"
                )
            )
                .GetProperty("facets")
                .EnumerateArray(),
        ];

    private static string Line(JsonElement facet, bool withoutEmpty = false) =>
        facet.GetProperty("label").GetString()
        + ": "
        + facet
            .GetProperty("values")
            .EnumerateArray()
            .Where(value => !withoutEmpty || value.GetProperty("count").GetInt32() > 0)
            .Aggregate(
                "",
                (line, value) =>
                    line
                    + (
                        line.Length == 0 ? ""
                        : value.GetProperty("depth").GetInt32() > 0 ? " > "
                        : ", "
                    )
                    + $"{value.GetProperty("label")} {value.GetProperty("count")}"
                    + (value.GetProperty("selected").GetBoolean() ? "*" : "")
            );

    private static (string Field, string Tick) Click(JsonElement facet, string value)
    {
        var text = JsonSerializer.Serialize(value);
        var (field, tick) = facet.GetProperty("key").GetString() switch
        {
            "CATEGORY" => ("category", $"[{text}]"),
            "BRAND" => ("brand", $"[{text}]"),
            "TAG" => ("tag", $"[{text}]"),
            "PRICE" => ("priceBand", $"[{text}]"),
            "AVAILABILITY" => ("availability", $"[{value}]"),
            _ => ("option", $"{{name: \"{facet.GetProperty("name")}\", values: [{text}]}}"),
        };
        return ($"{{{(field == "priceBand" ? "price" : field)}", $"{{{field}: {tick}}}");
    }
}
