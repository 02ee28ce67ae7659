using System.Text;
using System.Text.Json;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Lists of products: every order, every direction, every filter, on a shop of ten.</summary>
public sealed class ProductListTests(ProductListTests.TenProducts ten)
    : IClassFixture<ProductListTests.TenProducts>
{
    // The same title, price and birthday in several products: only the tiebreaker tells them apart.
    private const string File = """
        sku,product_code,title,category,tags,option,option_value,list_price_gbp,first_sold_on
        P0,P0,apple dish,Kitchen & Dining > Plates & Bowls,,,,1.00,2011-01-01
        P1,P1,Apple Dish,Kitchen & Dining > Plates & Bowls,,,,1.00,2011-01-01
        P2,P2,Apple Dish,Kitchen & Dining > Plates & Bowls,,,,1.00,2011-01-01
        P3R,P3,Mug,Kitchen & Dining > Mugs & Cups,"Red, blue",Colour,Red,2.50,2011-01-02
        P3B,P3,Mug,,,Colour,Blue,4.00,2011-01-02
        P4,P4,Éclair Plate,Kitchen & Dining > Plates & Bowls,,,,3.00,2011-01-03
        P5,P5,Felt Owl,Home > Ornaments,"felt,owl",,,1.00,2011-01-03
        P6,P6,Felt Owl,Home > Ornaments,"owl,felt",,,9.99,2011-01-04
        P7,P7,Zinc Lantern,,zinc,,,2.00,2011-01-05
        P8,P8,Hidden Draft,More Gifts,,,,1.00,2011-01-05
        P9,P9,Hidden Past,More Gifts,,,,1.00,2011-01-05
        """;

    [Theory]
    [InlineData("TITLE", "ASC")]
    [InlineData("TITLE", "DESC")]
    [InlineData("PRICE", "ASC")]
    [InlineData("PRICE", "DESC")]
    [InlineData("CREATED_AT", "ASC")]
    [InlineData("CREATED_AT", "DESC")]
    [InlineData("UPDATED_AT", "ASC")]
    [InlineData("UPDATED_AT", "DESC")]
    public async Task Pages_of_two_show_every_product_once_forwards_and_backwards(
        string field,
        string direction
    )
    {
        var whole = (await AskAsync($"orderBy: {{field: {field}, direction: {direction}}}, first: 100")).Skus;

        var forwards = new List<string>();
        string? after = null;
        do
        {
            var page = await AskAsync(
                $"orderBy: {{field: {field}, direction: {direction}}}, first: 2",
                after: after
            );
            forwards.AddRange(page.Skus);
            Assert.Equal(after is not null, page.HasPrevious);
            after = page.HasNext ? page.End : null;
        } while (after is not null);

        var backwards = new List<string>();
        string? before = null;
        do
        {
            var page = await AskAsync(
                $"orderBy: {{field: {field}, direction: {direction}}}, last: 2",
                before: before
            );
            backwards.InsertRange(0, page.Skus);
            Assert.Equal(before is not null, page.HasNext);
            before = page.HasPrevious ? page.Start : null;
        } while (before is not null);

        Assert.Equal(8, whole.Distinct().Count());
        Assert.Equal(whole, forwards);
        Assert.Equal(whole, backwards);
    }

    [Fact]
    public async Task Titles_sort_as_people_do()
    {
        var page = await AskAsync("orderBy: {field: TITLE}");

        Assert.Equal(["P0", "P1", "P2", "P4", "P5", "P6", "P3R", "P7"], page.Skus);
    }

    [Fact]
    public async Task The_newest_come_first_where_nothing_is_asked_for()
    {
        Assert.Equal(["P7", "P6", "P5", "P4", "P3R", "P2", "P1", "P0"], (await AskAsync("first: 20")).Skus);
    }

    [Theory]
    [InlineData("{slug: {eq: \"felt-owl\"}}", "P5")]
    [InlineData("{slug: {in: [\"felt-owl\", \"felt-owl-p6\", \"nothing\"]}}", "P5 P6")]
    [InlineData("{tag: {eq: \"owl\"}}", "P5 P6")]
    [InlineData("{tag: {in: [\"zinc\", \"blue\"]}}", "P3R P7")]
    [InlineData("{price: {currencyCode: GBP, gte: \"2.5\", lte: \"3.00\"}}", "P3R P4")]
    [InlineData("{price: {currencyCode: GBP, gte: \"79228162514264337593543950335\"}}", "")]
    [InlineData("{price: {currencyCode: GBP, lte: \"-79228162514264337593543950335\"}}", "")]
    [InlineData("{price: {currencyCode: GBP, gte: \"3.999\"}}", "P3R P6")]
    [InlineData("{price: {currencyCode: EUR}}", "")]
    [InlineData("{createdAt: {gte: \"2011-01-03T00:00:00Z\", lte: \"2011-01-04T00:00:00Z\"}}", "P4 P5 P6")]
    [InlineData("{brand: {eq: \"Nobody\"}}", "")]
    [InlineData("{or: [{tag: {eq: \"owl\"}}, {slug: {eq: \"zinc-lantern\"}}]}", "P5 P6 P7")]
    [InlineData("{and: [{tag: {eq: \"owl\"}}, {price: {currencyCode: GBP, lte: \"5\"}}]}", "P5")]
    [InlineData("{tag: {eq: \"owl\"}, not: {slug: {eq: \"felt-owl\"}}}", "P6")]
    [InlineData("{not: {or: [{tag: {eq: \"owl\"}}, {not: {tag: {in: [\"zinc\"]}}}]}}", "P7")]
    [InlineData("{or: []}", "")]
    [InlineData("{and: []}", "P0 P1 P2 P3R P4 P5 P6 P7")]
    [InlineData("{}", "P0 P1 P2 P3R P4 P5 P6 P7")]
    public async Task A_filter_finds_what_it_says_and_nothing_else(string where, string skus)
    {
        var page = await AskAsync($"where: {where}");

        Assert.Equal(skus, string.Join(' ', page.Skus.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_category_filter_finds_what_stands_below_it_too()
    {
        var root = await IdAsync("kitchen-dining");
        var plates = await IdAsync("plates-bowls");

        Assert.Equal(5, (await AskAsync($"where: {{category: {{eq: \"{root}\"}}}}")).Skus.Length);
        Assert.Equal(4, (await AskAsync($"where: {{category: {{in: [\"{plates}\"]}}}}")).Skus.Length);
    }

    [Fact]
    public async Task A_draft_and_an_archived_product_are_absent_for_shoppers_everywhere()
    {
        var answer = await ten.Shop.AskJsonAsync(
            """
            {
              draft: product(by: {slug: "hidden-draft"}) { title }
              past: product(by: {slug: "hidden-past"}) { title }
              sku: productVariant(by: {sku: "P9"}) { sku }
              category(by: {slug: "more-gifts"}) { products { nodes { title } } }
            }
            """
        );

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("draft").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("past").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("sku").ValueKind);
        Assert.Equal(
            0,
            answer.GetProperty("category").GetProperty("products").GetProperty("nodes").GetArrayLength()
        );
    }

    [Theory]
    [InlineData("after: \"bm8gY3Vyc29y\"")]
    [InlineData("after: \"!\"")]
    [InlineData("orderBy: {field: PRICE}, after: \"YR8x\"")]
    [InlineData("orderBy: {field: CREATED_AT}, after: \"OTIyMzM3MjAzNjg1NDc3NTgwNx8x\"")]
    public async Task A_made_up_cursor_is_refused(string arguments)
    {
        Assert.StartsWith(
            "INVALID_CURSOR",
            await ten.Shop.AskAsync($"{{ products({arguments}) {{ nodes {{ slug }} }} }}"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{not: {not: {not: {not: {}}}}}", "LIMIT_EXCEEDED: `where` may be nested 4 levels deep.")]
    public async Task A_filter_that_asks_too_much_is_refused(string where, string error)
    {
        Assert.Equal(
            error,
            await ten.Shop.AskAsync($"{{ products(where: {where}) {{ nodes {{ slug }} }} }}")
        );
    }

    [Fact]
    public async Task A_filter_has_fifty_conditions_at_most()
    {
        var twenty = string.Join(", ", Enumerable.Repeat("{slug: {eq: \"a\"}}", 20));
        var where = $"{{or: [{{or: [{twenty}]}}, {{or: [{twenty}]}}, {{or: [{twenty}]}}]}}";

        Assert.Equal(
            "LIMIT_EXCEEDED: `where` may have 50 conditions.",
            await ten.Shop.AskAsync($"{{ products(where: {where}) {{ nodes {{ slug }} }} }}")
        );
    }

    [Fact]
    public async Task A_page_is_cut_by_the_key_of_its_order_in_one_comparison_of_rows()
    {
        var first = await AskAsync("orderBy: {field: TITLE}, first: 2");
        using var count = SqlCount.Start();
        await ten.Shop.AskAsync(
            $"{{ products(orderBy: {{field: TITLE}}, first: 2, after: \"{first.End}\") {{ nodes {{ slug }} }} }}"
        );

        var sql = Assert.Single(count.Statements);
        Assert.Contains("(p.title, p.id) > (@", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("OFFSET", sql, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("{eq: \"owl\"}", "p.tags @> ARRAY[@")]
    [InlineData("{in: [\"owl\", \"zinc\"]}", "p.tags && @")]
    public async Task Tags_are_asked_for_in_the_form_that_their_index_knows(string tag, string condition)
    {
        using var count = SqlCount.Start();
        await ten.Shop.AskAsync($"{{ products(where: {{tag: {tag}}}) {{ nodes {{ slug }} }} }}");

        Assert.Contains(condition, Assert.Single(count.Statements), StringComparison.Ordinal);
    }

    private async Task<ListPage> AskAsync(string arguments, string? after = null, string? before = null)
    {
        var cursor =
            after is not null ? $", after: \"{after}\""
            : before is not null ? $", before: \"{before}\""
            : "";
        var answer = await ten.Shop.AskJsonAsync(
            $$"""
            {
              products({{arguments}}{{cursor}}) {
                nodes { variants(first: 1) { nodes { sku } } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
              }
            }
            """
        );
        var products = answer.GetProperty("products");
        var info = products.GetProperty("pageInfo");
        return new(
            [
                .. products
                    .GetProperty("nodes")
                    .EnumerateArray()
                    .Select(node =>
                        node.GetProperty("variants").GetProperty("nodes")[0].GetProperty("sku").GetString()!
                    ),
            ],
            info.GetProperty("hasNextPage").GetBoolean(),
            info.GetProperty("hasPreviousPage").GetBoolean(),
            info.GetProperty("startCursor").GetString(),
            info.GetProperty("endCursor").GetString()
        );
    }

    private async Task<string> IdAsync(string slug)
    {
        var answer = await ten.Shop.AskJsonAsync($"{{ category(by: {{slug: \"{slug}\"}}) {{ id }} }}");
        return answer.GetProperty("category").GetProperty("id").GetString()!;
    }

    private sealed record ListPage(string[] Skus, bool HasNext, bool HasPrevious, string? Start, string? End);

    /// <summary>A shop of ten products, of which two are not on sale.</summary>
    public sealed class TenProducts : IAsyncLifetime
    {
        public ShopFixture Shop { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Shop.InitializeAsync();
            await using var file = new MemoryStream(Encoding.UTF8.GetBytes(File));
            await Shop.Get<ImportCatalog>().RunAsync(file, ImportFormat.Csv, default);
            await using var hide = Shop.Get<Database<CatalogDb>>()
                .Primary.CreateCommand(
                    "update catalog.product set status = case code when 'P8' then 'Draft' else 'Archived' end where code in ('P8', 'P9')"
                );
            await hide.ExecuteNonQueryAsync();
            await Shop.ReplicaCaughtUpAsync();
        }

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }
}
