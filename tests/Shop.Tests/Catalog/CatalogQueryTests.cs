using Shop.Data.Pricing;
using Shop.Tests.Fixtures;
using Snapshooter.Xunit3;

namespace Shop.Tests.Catalog;

/// <summary>What a shopper can ask of the catalogue.</summary>
public sealed class CatalogQueryTests(SampleShop sample) : IClassFixture<SampleShop>
{
    [Fact]
    public async Task A_product_shows_its_choices_its_shelf_and_its_stock()
    {
        Snapshot.Match(
            await sample.Shop.AskAsync(
                """
                {
                  product(by: {slug: "edwardian-parasol"}) {
                    slug title description status brand tags media { url } options { name values }
                    category { slug title parent { title children { title } } }
                    variants(first: 2) {
                      nodes {
                        sku title selectedOptions { name value } price { amount currencyCode } compareAtPrice { amount }
                        product { title } availability { status available }
                      }
                      pageInfo { hasNextPage hasPreviousPage }
                    }
                    variant(selectedOptions: [{name: "Colour", value: "Pink"}]) { sku }
                    none: variant(selectedOptions: [{name: "Colour", value: "Plaid"}]) { sku }
                    skuSummary { skuCount minPrice { amount } maxPrice { amount } inStockCount available }
                    version createdAt updatedAt
                  }
                }
                """
            )
        );
    }

    [Fact]
    public async Task A_page_of_twenty_products_with_their_variants_and_stock_costs_at_most_five_statements()
    {
        // A node reads the promotions for all that it answers in five seconds.
        await sample.Shop.Get<RunningPromotions>().ReadAsync(CancellationToken.None);
        using var count = SqlCount.Start();
        var answer = await sample.Shop.AskJsonAsync(
            """
            {
              products(first: 20, orderBy: {field: TITLE}) {
                nodes {
                  title
                  category { title parent { title } }
                  skuSummary { available }
                  variants(first: 4) { nodes { sku price { amount } availability { available } product { slug } } }
                }
              }
            }
            """
        );

        Assert.Equal(20, answer.GetProperty("products").GetProperty("nodes").GetArrayLength());
        Assert.True(count.Statements.Count <= 5, string.Join("\n\n", count.Statements));
    }

    [Fact]
    public async Task A_menu_with_products_on_every_shelf_costs_a_statement_per_level()
    {
        using var count = SqlCount.Start();
        Snapshot.Match(
            await sample.Shop.AskAsync(
                """
                { categories { title slug children { title products(first: 2) { nodes { title } pageInfo { hasNextPage } } } } }
                """
            )
        );

        Assert.Equal(4, count.Statements.Count);
    }

    [Fact]
    public async Task Everything_is_counted_only_when_asked_for_and_all_shelves_at_once()
    {
        using var count = SqlCount.Start();
        var answer = await sample.Shop.AskJsonAsync(
            """
            {
              products(first: 1) { totalCount }
              categories { title products(first: 1) { totalCount nodes { title } } }
              product(by: {slug: "bling-key-ring"}) { variants(first: 1) { totalCount } }
            }
            """
        );

        Assert.Equal(3297, answer.GetProperty("products").GetProperty("totalCount").GetInt32());
        Assert.Equal(
            3297,
            answer
                .GetProperty("categories")
                .EnumerateArray()
                .Sum(root => root.GetProperty("products").GetProperty("totalCount").GetInt32())
        );
        Assert.Equal(
            24,
            answer.GetProperty("product").GetProperty("variants").GetProperty("totalCount").GetInt32()
        );
        Assert.Equal(
            2,
            count.Statements.Count(sql => sql.Contains("count(*)", StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public async Task The_products_of_a_category_are_those_below_it_too_and_page_by_title()
    {
        const string Query = """
            query($after: String) {
              category(by: {slug: "easter"}) {
                products(first: 25, after: $after) { nodes { title } pageInfo { endCursor hasNextPage hasPreviousPage } }
              }
              root: category(by: {slug: "kitchen-dining"}) { products(first: 1) { nodes { category { title } } } }
            }
            """;
        var first = Page(await sample.Shop.AskJsonAsync(Query));
        var second = Page(await sample.Shop.AskJsonAsync(Query, new { after = first.EndCursor }));

        Assert.Equal((true, false), (first.HasNext, first.HasPrevious));
        Assert.Equal((false, true), (second.HasNext, second.HasPrevious));
        Assert.Equal(42, first.Titles.Concat(second.Titles).Count());
        Assert.Equal(
            first.Titles.Concat(second.Titles).Order(StringComparer.OrdinalIgnoreCase),
            first.Titles.Concat(second.Titles)
        );
    }

    [Fact]
    public async Task A_thing_is_found_again_by_its_id_alone()
    {
        var found = await sample.Shop.AskJsonAsync(
            """
            {
              product(by: {slug: "bling-key-ring"}) { id category { id } variants(first: 1) { nodes { id } } }
            }
            """
        );
        var product = found.GetProperty("product");
        var ids = new[]
        {
            product.GetProperty("id").GetString(),
            product.GetProperty("variants").GetProperty("nodes")[0].GetProperty("id").GetString(),
            product.GetProperty("category").GetProperty("id").GetString(),
        };

        Snapshot.Match(
            await sample.Shop.AskAsync(
                """
                query($ids: [ID!]!) {
                  nodes(ids: $ids) { ... on Product { title } ... on ProductVariant { sku } ... on Category { title } }
                }
                """,
                new { ids }
            )
        );
    }

    private static (string[] Titles, string? EndCursor, bool HasNext, bool HasPrevious) Page(
        System.Text.Json.JsonElement answer
    )
    {
        var page = answer.GetProperty("category").GetProperty("products");
        var info = page.GetProperty("pageInfo");
        return (
            [
                .. page.GetProperty("nodes")
                    .EnumerateArray()
                    .Select(node => node.GetProperty("title").GetString()!),
            ],
            info.GetProperty("endCursor").GetString(),
            info.GetProperty("hasNextPage").GetBoolean(),
            info.GetProperty("hasPreviousPage").GetBoolean()
        );
    }
}
