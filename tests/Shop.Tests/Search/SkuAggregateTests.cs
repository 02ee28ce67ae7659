using System.Text.Json;
using Shop.Tests.Catalog;

namespace Shop.Tests.Search;

/// <summary>SKUs taken together by columns in memory.</summary>
public sealed class HeldAggregateTests(SearchShop shop) : SkuAggregateTests(shop), IClassFixture<SearchShop>;

/// <summary>The same in a shop that has more SKUs than are held in memory.</summary>
public sealed class ReadAggregateTests(LargeSearchShop shop)
    : SkuAggregateTests(shop),
        IClassFixture<LargeSearchShop>;

/// <summary>What SKUs come to that have something in common.</summary>
public abstract class SkuAggregateTests(SearchShop small)
{
    [Theory]
    // SKUs, products, prices, those in stock, units.
    [InlineData(
        "groupBy: BRAND",
        "Potter 3/2 8.00–12.00 1 5, Bialetti 1/1 20.00–20.00 1 3, Rosa 1/1 2.95–2.95 1 100"
    )]
    [InlineData("groupBy: TAG", "gift 3/2 8.00–15.00 2 6")]
    [InlineData("groupBy: OPTION, name: \"Colour\"", "Blue 1/1 8.00–8.00 0 0, Red 1/1 12.00–12.00 1 5")]
    [InlineData("groupBy: OPTION, name: \"Size\"", "")]
    [InlineData(
        "groupBy: CATEGORY, first: 3",
        "Kitchen 9/8 1.50–20.00 7 86, Home 6/6 2.00–15.00 6 165, Mugs 5/4 7.00–12.00 3 21"
    )]
    [InlineData(
        "groupBy: STOCK_STATUS",
        "LOW_STOCK 10/10 3.00–20.00 10 61, IN_STOCK 3/3 1.50–2.95 3 190, OUT_OF_STOCK 2/2 8.00–9.00 0 0"
    )]
    [InlineData(
        "groupBy: PRICE_BAND, bands: [\"0\", \"5\", \"10\"], orderBy: {field: KEY}",
        "0.00-5.00 5/5 1.50–4.00 5 202, 5.00-10.00 6/6 5.00–9.50 4 36"
    )]
    // Inside a search, and inside what is filtered; one SKU meets it all.
    [InlineData("groupBy: BRAND, text: \"red mug\"", "Potter 3/2 8.00–12.00 1 5")]
    [InlineData(
        "groupBy: BRAND, text: \"mug\", where: {price: {currencyCode: GBP, gte: 9}}",
        "Potter 2/2 9.00–12.00 1 5"
    )]
    [InlineData("groupBy: BRAND, text: \"zebra\"", "")]
    public async Task Groups_are(string arguments, string groups) =>
        Assert.Equal(groups, string.Join(", ", (await AskAsync(arguments)).Groups));

    [Theory]
    [InlineData("groupBy: CATEGORY")]
    [InlineData("groupBy: CATEGORY, orderBy: {field: KEY, direction: DESC}")]
    [InlineData("groupBy: CATEGORY, orderBy: {field: MIN_PRICE}")]
    [InlineData("groupBy: CATEGORY, orderBy: {field: AVAILABLE, direction: ASC}")]
    [InlineData("groupBy: PRICE_BAND, orderBy: {field: KEY}")]
    public async Task Pages_of_two_show_every_group_once(string arguments)
    {
        var (whole, total, _) = await AskAsync($"{arguments}, first: 100");

        var paged = new List<string>();
        string? after = null;
        do
        {
            var from = after is null ? "" : $", after: \"{after}\"";
            var (page, _, end) = await AskAsync($"{arguments}, first: 2{from}");
            paged.AddRange(page);
            after = end;
        } while (after is not null);

        Assert.Equal(whole, paged);
        Assert.Equal(total, whole.Length);
        Assert.NotEmpty(whole);
    }

    [Fact]
    public async Task A_key_tells_the_option_and_an_average_is_rounded_once()
    {
        var answer = await small.Shop.AskJsonAsync(
            """
            {
              skuAggregate(groupBy: OPTION, text: "tea mug") { nodes { key label summary { averagePrice { amount } } } }
              all: skuAggregate(groupBy: TAG) { nodes { summary { averagePrice { amount } } } }
            }
            """
        );

        Assert.Equal(
            """{"skuAggregate":{"nodes":[{"key":"Colour=Blue","label":"Blue","summary":{"averagePrice":{"amount":"8.00"}}},{"key":"Colour=Red","label":"Red","summary":{"averagePrice":{"amount":"12.00"}}}]},"all":{"nodes":[{"summary":{"averagePrice":{"amount":"11.67"}}}]}}""",
            JsonSerializer.Serialize(answer)
        );
    }

    [Theory]
    [InlineData("groupBy: PRICE_BAND, bands: [\"5\"]", "VALIDATION_FAILED")]
    [InlineData("groupBy: PRICE_BAND, bands: [\"5\", \"4\"]", "VALIDATION_FAILED")]
    [InlineData("groupBy: PRICE_BAND, bands: [\"5\", \"5.001\"]", "VALIDATION_FAILED")]
    [InlineData(
        "groupBy: PRICE_BAND, bands: [\"5\", \"79228162514264337593543950335\"]",
        "VALIDATION_FAILED"
    )]
    [InlineData("groupBy: BRAND, after: \"!\"", "INVALID_CURSOR")]
    [InlineData("groupBy: BRAND, after: \"eB94\"", "INVALID_CURSOR")]
    public async Task What_makes_no_sense_is_refused(string arguments, string code) =>
        Assert.StartsWith(
            code,
            await small.Shop.AskAsync($"{{ skuAggregate({arguments}) {{ totalCount }} }}"),
            StringComparison.Ordinal
        );

    private async Task<(string[] Groups, int Total, string? Next)> AskAsync(string arguments)
    {
        var answer = (
            await small.Shop.AskJsonAsync(
                $$"""
                {
                  skuAggregate({{arguments}}) {
                    totalCount asOf pageInfo { hasNextPage endCursor }
                    nodes {
                      label productCount
                      summary { skuCount minPrice { amount } maxPrice { amount } inStockCount available }
                    }
                  }
                }
                """
            )
        ).GetProperty("skuAggregate");
        var page = answer.GetProperty("pageInfo");
        return (
            [
                .. from node in answer.GetProperty("nodes").EnumerateArray()
                let sums = node.GetProperty("summary")
                select $"{node.GetProperty("label")} {sums.GetProperty("skuCount")}/{node.GetProperty("productCount")} "
                    + $"{sums.GetProperty("minPrice").GetProperty("amount")}–{sums.GetProperty("maxPrice").GetProperty("amount")} "
                    + $"{sums.GetProperty("inStockCount")} {sums.GetProperty("available")}",
            ],
            answer.GetProperty("totalCount").GetInt32(),
            page.GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("endCursor").GetString() : null
        );
    }
}
