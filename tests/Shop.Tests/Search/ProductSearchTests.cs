using System.Text.Json;
using Shop.Tests.Catalog;

namespace Shop.Tests.Search;

/// <summary>What shoppers type, and what they find: by columns in memory.</summary>
public sealed class HeldSearchTests(SearchShop shop) : ProductSearchTests(shop), IClassFixture<SearchShop>;

/// <summary>The same in a shop that has more SKUs than are held in memory.</summary>
public sealed class ReadSearchTests(LargeSearchShop shop)
    : ProductSearchTests(shop),
        IClassFixture<LargeSearchShop>;

/// <summary>The same by Elasticsearch.</summary>
public sealed class ElasticSearchTests(ElasticSearchShop shop)
    : ProductSearchTests(shop),
        IClassFixture<ElasticSearchShop>;

public abstract class ProductSearchTests(SearchShop small)
{
    [Theory]
    // Words, in their stems and without accents.
    [InlineData("pot", "POT-2 POT-1")]
    [InlineData("POTS", "POT-2 POT-1")]
    [InlineData("cafe", "POT-1")]
    [InlineData("Café pöt", "POT-1")]
    [InlineData("salt and pepper", "POT-2")]
    [InlineData("salt&pepper", "POT-2")]
    [InlineData("the who", "WHO-1")]
    [InlineData("boxes", "42-318")]
    [InlineData("espresso", "POT-1")]
    [InlineData("bialetti pot", "POT-1")]
    [InlineData("potter mug", "MUG-R MUG-2")]
    [InlineData("candles heart", "85123A")]
    [InlineData("home heart", "85123A")]
    [InlineData("gift", "42-318 MUG-R")]
    // Title before the rest, side by side before scattered.
    [InlineData("white hanging", "85123A TL-1 TL-2")]
    [InlineData("hanging light", "TL-1 85123A TL-2")]
    [InlineData("tea mug", "MUG-R")]
    [InlineData("t-light", "85123A")]
    [InlineData("t light", "85123A")]
    [InlineData("tlight", "")]
    [InlineData("3.5mm", "CABLE-1")]
    [InlineData("3.5 mm cable", "CABLE-1")]
    // What can be bought before what is sold out, though that is newer.
    [InlineData("red mug", "MUG-3 MUG-2 MUG-R")]
    // Codes, however they are written.
    [InlineData("85123A", "85123A")]
    [InlineData("85-123 a", "85123A")]
    [InlineData("8512", "85123A")]
    [InlineData("851", "")]
    [InlineData("42318", "42-318")]
    [InlineData("42-318 box", "42-318")]
    [InlineData("12345678905", "0012345678905")]
    [InlineData("0012345678905", "0012345678905")]
    // Signs side by side.
    [InlineData("陶瓷茶", "CN-1")]
    [InlineData("茶", "CN-2 CN-1")]
    [InlineData("陶茶", "")]
    [InlineData("红茶", "CN-2")]
    [InlineData("tea 红茶", "CN-2")]
    [InlineData("茶杯 cup", "CN-1")]
    // All words; and no sign is syntax.
    [InlineData("red | tea", "MUG-R")]
    [InlineData("\"tea\" (mug):*", "MUG-R")]
    [InlineData("?!", "")]
    [InlineData("", "")]
    public async Task A_text_finds(string text, string skus)
    {
        var found = await small.Shop.FindAsync(text);

        Assert.Equal(skus, string.Join(' ', found.Skus));
        Assert.Equal(found.Skus.Length, found.Total);
    }

    [Theory]
    [InlineData("85123a", new[] { 6 })]
    [InlineData("8512", new[] { 5 })]
    [InlineData("white hanging heart t light holder", new[] { 5 })]
    [InlineData("hanging heart", new[] { 4 })]
    [InlineData("white hanging", new[] { 4, 3, 1 })]
    [InlineData("potter mug", new[] { 2, 2 })]
    [InlineData("espresso", new[] { 1 })]
    public async Task A_score_tells_the_rule_that_a_hit_meets(string text, int[] tiers) =>
        Assert.Equal(tiers, (await small.Shop.FindAsync(text)).Tiers);

    [Fact]
    public async Task A_title_of_more_than_ten_words_is_found_by_its_first_ten_and_is_itself()
    {
        var title = "one two three four five six seven eight nine ten eleven";
        await small.Shop.SavedAsync(Shelving.Mug() with { Title = title });
        await small.Shop.IndexedAsync();

        Assert.Equal(5, Assert.Single((await small.Shop.FindAsync(title)).Tiers));
        Assert.Equal(4, Assert.Single((await small.Shop.FindAsync(title + " twelve")).Tiers));
        // The tenth word is not read then, and one that no product has is left out.
        Assert.Equal(4, Assert.Single((await small.Shop.FindAsync("nought " + title)).Tiers));
    }

    [Theory]
    [InlineData("text: \"mug\", where: {brand: {eq: \"Potter\"}}", "MUG-R MUG-2")]
    [InlineData("text: \"mug\", where: {not: {brand: {eq: \"Potter\"}}}", "MUG-3 CN-1")]
    [InlineData("text: \"pot\", where: {price: {currencyCode: GBP, gte: 10}}", "POT-1")]
    [InlineData("where: {tag: {eq: \"gift\"}}, orderBy: {field: PRICE}", "MUG-R 42-318")]
    [InlineData("where: {status: {eq: DRAFT}}", "")]
    [InlineData(
        "where: {or: [{slug: {eq: \"tea-mug\"}}, {slug: {eq: \"cafe-pot\"}}]}, orderBy: {field: TITLE}",
        "POT-1 MUG-R"
    )]
    [InlineData(
        "where: {createdAt: {gte: \"2011-01-12T00:00:00Z\"}}, orderBy: {field: CREATED_AT}",
        "CABLE-1 WHO-1"
    )]
    // The red one costs 12, the blue one 8: none costs about 10, and so all mugs that do are found.
    [InlineData("text: \"tea mug\", where: {price: {currencyCode: GBP, gte: 9, lte: 11}}", "MUG-3 MUG-2")]
    [InlineData("text: \"tea mug\", where: {price: {currencyCode: USD}}", "")]
    public async Task A_filter_lets_through(string arguments, string skus)
    {
        var found = await small.Shop.SearchAsync(arguments);

        Assert.Equal(
            skus,
            string.Join(' ', found.Skus.Where(sku => !sku.EndsWith("-RED", StringComparison.Ordinal)))
        );
    }

    [Fact]
    public async Task A_price_is_that_of_the_cheapest_sku_that_passes_and_so_is_what_can_be_bought()
    {
        const string Mugs = "text: \"mug\", where: {brand: {eq: \"Potter\"}";

        // By its blue one for 8 the tea mug is the cheaper one; by the red one it is not.
        Assert.Equal(
            ["MUG-R", "MUG-2"],
            (await small.Shop.SearchAsync($"{Mugs}}}, orderBy: {{field: PRICE}}")).Skus
        );
        Assert.Equal(
            ["MUG-2", "MUG-R"],
            (
                await small.Shop.SearchAsync(
                    $"{Mugs}, price: {{currencyCode: GBP, gte: 9}}}}, orderBy: {{field: PRICE}}"
                )
            ).Skus
        );
        // The blue one is sold out, as the red mug is, which is newer.
        Assert.Equal(
            ["MUG-2", "MUG-R"],
            (await small.Shop.SearchAsync($"{Mugs}, price: {{currencyCode: GBP, lte: 9}}}}")).Skus
        );
    }

    [Fact]
    public async Task A_category_means_what_is_below_it_too()
    {
        var kitchen = await small.Shop.AskJsonAsync("{ category(by: {slug: \"kitchen\"}) { id } }");
        var id = kitchen.GetProperty("category").GetProperty("id").GetString();

        var found = await small.Shop.SearchAsync($"text: \"tea\", where: {{category: {{eq: \"{id}\"}}}}");

        Assert.Equal(["CN-2", "MUG-R"], found.Skus.Order());
    }

    [Theory]
    [InlineData("text: \"hanging\"")]
    [InlineData("orderBy: {field: RELEVANCE}")]
    [InlineData("orderBy: {field: RELEVANCE, direction: ASC}")]
    [InlineData("")]
    [InlineData("orderBy: {field: POPULARITY, direction: ASC}")]
    [InlineData("orderBy: {field: PRICE}")]
    [InlineData("orderBy: {field: PRICE, direction: DESC}")]
    [InlineData("orderBy: {field: TITLE}")]
    [InlineData("orderBy: {field: TITLE, direction: DESC}")]
    [InlineData("orderBy: {field: CREATED_AT}")]
    [InlineData("orderBy: {field: CREATED_AT, direction: ASC}")]
    public async Task Pages_of_two_show_every_hit_once(string arguments)
    {
        var whole = await small.Shop.SearchAsync($"{arguments}{Comma(arguments)}first: 100");

        var paged = new List<string>();
        string? after = null;
        do
        {
            var from = after is null ? "" : $", after: \"{after}\"";
            var page = await small.Shop.SearchAsync($"{arguments}{Comma(arguments)}first: 2{from}");
            Assert.Equal(whole.Total, page.Total);
            paged.AddRange(page.Skus);
            after = page.HasNext ? page.End : null;
        } while (after is not null);

        Assert.Equal(whole.Skus, paged);
        Assert.Equal(whole.Total, paged.Distinct().Count());
    }

    [Theory]
    [InlineData("PRICE", "0012345678905 CABLE-1")]
    [InlineData("CREATED_AT", "CABLE-1 WHO-1")]
    [InlineData("TITLE", "CABLE-1 POT-1")]
    public async Task An_order_begins_where_shoppers_expect_it(string field, string skus)
    {
        var found = await small.Shop.SearchAsync(
            $"orderBy: {{field: {field}}}, first: 2, where: {{createdAt: {{lte: \"2012-01-01T00:00:00Z\"}}}}"
        );

        Assert.Equal(skus, string.Join(' ', found.Skus));
    }

    [Theory]
    [InlineData("after: \"!\"")]
    [InlineData("after: \"bm8gY3Vyc29y\"")]
    [InlineData("orderBy: {field: PRICE}, after: \"YR8x\"")]
    [InlineData("orderBy: {field: CREATED_AT}, after: \"OTIyMzM3MjAzNjg1NDc3NTgwNx8x\"")]
    [InlineData("after: \"OTk5OTk5Hzk5OTk5\"")]
    public async Task A_made_up_cursor_is_refused(string arguments) =>
        Assert.StartsWith(
            "INVALID_CURSOR",
            await small.Shop.AskAsync(
                $"{{ productSearch({arguments}) {{ totalCount pageInfo {{ endCursor }} }} }}"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_asks_too_much_is_refused()
    {
        var text = JsonSerializer.Serialize(new string('a', 201));

        Assert.Contains(
            "200",
            await small.Shop.AskAsync($"{{ productSearch(text: {text}) {{ totalCount }} }}"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "LIMIT_EXCEEDED: `where` may be nested 4 levels deep.",
            await small.Shop.AskAsync(
                "{ productSearch(where: {not: {not: {not: {not: {}}}}}) { totalCount } }"
            )
        );
    }

    private static string Comma(string arguments) => arguments.Length == 0 ? "" : ", ";
}
