using System.Text.Json;
using Shop.Tests.Catalog;

namespace Shop.Tests.Search;

/// <summary>What shoppers are offered while they type.</summary>
public sealed class ProductSuggestTests(SearchShop small) : IClassFixture<SearchShop>
{
    [Theory]
    [InlineData(
        "han",
        "WORDS hanging 3, PRODUCT Hanging Lantern 1, PRODUCT Light Hanging in White 1, PRODUCT White Hanging Heart T-Light Holder 1"
    )]
    [InlineData(
        "white han",
        "WORDS white hanging 2, PRODUCT Light Hanging in White 1, PRODUCT White Hanging Heart T-Light Holder 1"
    )]
    [InlineData("pott", "BRAND Potter 2, PRODUCT Red Mug 1, PRODUCT Tea Mug 1")]
    [InlineData("bialetti po", "PRODUCT Café Pot 1")]
    [InlineData("boxes", "CATEGORY Boxes 1, PRODUCT Jewellery Box 1")]
    [InlineData("caf", "WORDS cafe 1, PRODUCT Café Pot 1")]
    [InlineData("CAFÉ", "WORDS cafe 1, PRODUCT Café Pot 1")]
    [InlineData(
        "candle",
        "CATEGORY Candles 3, PRODUCT Hanging Lantern 1, PRODUCT Light Hanging in White 1, PRODUCT White Hanging Heart T-Light Holder 1"
    )]
    [InlineData("8512", "CODE White Hanging Heart T-Light Holder 1")]
    [InlineData("t-li", "WORDS t light 1, PRODUCT White Hanging Heart T-Light Holder 1")]
    [InlineData("红茶", "PRODUCT Tea红茶 1")]
    [InlineData("zebra", "")]
    [InlineData("?!", "")]
    [InlineData("'; drop", "")]
    public async Task A_beginning_offers(string text, string offers) =>
        Assert.Equal(offers, string.Join(", ", await AskAsync(text)));

    [Theory]
    [InlineData("han lan", "<mark>Han</mark>ging <mark>Lan</mark>tern")]
    [InlineData("t-li", "White Hanging Heart <mark>T</mark>-<mark>Li</mark>ght Holder")]
    [InlineData("cafe", "<mark>Café</mark> Pot")]
    [InlineData("salt", "<mark>Salt</mark> &amp; Pepper Pots")]
    [InlineData("红茶", "Tea<mark>红茶</mark>")]
    public async Task What_was_typed_is_marked(string text, string html)
    {
        var answer = await small.Shop.AskJsonAsync(
            $"{{ productSuggest(text: {JsonSerializer.Serialize(text)}) {{ kind highlight }} }}"
        );

        Assert.Equal(
            html,
            answer
                .GetProperty("productSuggest")
                .EnumerateArray()
                .Last(one => one.GetProperty("kind").GetString() == "PRODUCT")
                .GetProperty("highlight")
                .GetString()
        );
    }

    [Fact]
    public async Task No_more_are_offered_than_asked_for() =>
        Assert.Equal(["WORDS hanging 3", "PRODUCT Hanging Lantern 1"], await AskAsync("han", ", first: 2"));

    [Theory]
    [InlineData("first: 0")]
    [InlineData("first: 21")]
    public async Task A_number_out_of_range_is_refused(string first) =>
        Assert.StartsWith(
            "INVALID_VALUE",
            await small.Shop.AskAsync($"{{ productSuggest(text: \"a\", {first}) {{ text }} }}"),
            StringComparison.Ordinal
        );

    private async Task<string[]> AskAsync(string text, string more = "")
    {
        var answer = await small.Shop.AskJsonAsync(
            $"{{ productSuggest(text: {JsonSerializer.Serialize(text)}{more}) {{ kind text count product {{ title }} category {{ title }} }} }}"
        );
        return
        [
            .. answer
                .GetProperty("productSuggest")
                .EnumerateArray()
                .Select(one =>
                {
                    var (kind, shown) = (
                        one.GetProperty("kind").GetString(),
                        one.GetProperty("text").GetString()
                    );
                    var thing = kind switch
                    {
                        "PRODUCT" or "CODE" => one.GetProperty("product").GetProperty("title").GetString(),
                        "CATEGORY" => one.GetProperty("category").GetProperty("title").GetString(),
                        _ => shown,
                    };
                    Assert.Equal(shown, thing);
                    return $"{kind} {shown} {one.GetProperty("count")}";
                }),
        ];
    }
}
