using System.Text.Json;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search;

/// <summary>What is found where no product meets what was typed.</summary>
public sealed class RescueTests(SearchShop small) : IClassFixture<SearchShop>
{
    [Theory]
    // A word that no product has is taken for the nearest.
    [InlineData("lihgt hanging", "light hanging", "CORRECTED", "TL-1 85123A TL-2")]
    [InlineData("Jewelery", "jewellery", "CORRECTED", "42-318")]
    [InlineData("bialeti pot", "bialetti pot", "CORRECTED", "POT-1")]
    [InlineData("t-lihgt", "t-light", "CORRECTED", "85123A")]
    // What is not wrong is not corrected, though a product has no part of it: a code, signs, a short word.
    [InlineData("85124A", "85124A", "", "")]
    [InlineData("陶茶", "陶茶", "", "")]
    [InlineData("tae", "tae", "", "")]
    // Words go: those that no product has, then what most products have.
    [InlineData("mug zzzz", "mug", "RELAXED", "MUG-R MUG-3 MUG-2 CN-1")]
    [InlineData("red pot", "pot", "RELAXED", "POT-2 POT-1")]
    [InlineData("42-318 pot", "42-318", "RELAXED", "42-318")]
    [InlineData("陶瓷茶杯 spoon", "陶瓷茶杯", "RELAXED", "CN-1")]
    // Both.
    [InlineData("lihgt spooon", "spoon", "CORRECTED RELAXED", "0012345678905")]
    public async Task Instead_is_found(string asked, string used, string notices, string skus)
    {
        var found = await FindAsync($"text: {JsonSerializer.Serialize(asked)}");

        Assert.Equal(
            (asked, used, notices, skus),
            (found.Text("asked"), found.Text("used"), found.Notices, string.Join(' ', found.Hits.Skus))
        );
    }

    [Fact]
    public async Task A_title_is_none_where_words_were_changed()
    {
        var found = await FindAsync("text: \"red muugs\"");

        Assert.Equal("red mugs", found.Text("used"));
        Assert.All(found.Hits.Tiers, tier => Assert.InRange(tier, 1, 4));
    }

    [Fact]
    public async Task What_was_typed_is_looked_for_instead_where_the_shopper_says_so()
    {
        var found = await FindAsync("text: \"lihgt\", correctText: false");

        Assert.Equal(
            ("lihgt", "", "light"),
            (found.Text("used"), found.Notices, string.Join(' ', found.Alternatives))
        );
        Assert.Empty(found.Hits.Skus);
    }

    [Fact]
    public async Task What_else_may_have_been_meant_has_products()
    {
        // "pott" is as near to "pot" as to "pots"; what is left of them is offered.
        var found = await FindAsync("text: \"pott\"");

        Assert.Equal("CORRECTED", found.Notices);
        Assert.NotEmpty(found.Alternatives);
        foreach (var other in found.Alternatives)
        {
            Assert.NotEqual(found.Text("used"), other);
            Assert.NotEmpty((await FindAsync($"text: {JsonSerializer.Serialize(other)}")).Hits.Skus);
        }

        // No mug makes espresso, however it is spelt.
        Assert.Empty((await FindAsync("text: \"muug espresso\"")).Alternatives);
    }

    [Fact]
    public async Task A_tick_changes_no_word_and_a_filter_does()
    {
        var ticked = await FindAsync("text: \"red mug\", ticked: [{brand: [\"Bialetti\"]}]");
        var relaxed = await FindAsync("text: \"red pot\", ticked: [{brand: [\"Potter\"]}]");
        var filtered = await FindAsync("text: \"red mug\", where: {brand: {eq: \"Bialetti\"}}");
        var within = await FindAsync("text: \"espresso mug\", where: {brand: {eq: \"Potter\"}}");

        Assert.Equal(("red mug", ""), (ticked.Text("used"), ticked.Notices));
        Assert.Equal(("pot", "RELAXED"), (relaxed.Text("used"), relaxed.Notices));
        Assert.Equal(("red mug", ""), (filtered.Text("used"), filtered.Notices));
        Assert.Empty(filtered.Hits.Skus);
        Assert.Equal(("mug", "RELAXED"), (within.Text("used"), within.Notices));
        Assert.Equal(["MUG-R", "MUG-2"], within.Hits.Skus);
    }

    [Fact]
    public async Task A_text_with_hits_costs_one_statement_and_one_without_at_most_seven()
    {
        await FindAsync("text: \"lihgt spooon\"");

        Assert.Equal(1, await CountAsync("hanging light"));
        Assert.InRange(await CountAsync("lihgt zzzz spooon"), 4, 7);
    }

    [Fact]
    public async Task A_text_shows_where_it_was_found()
    {
        var found = await FindAsync("text: \"candels small\"");

        Assert.Equal(("candles small", "CORRECTED"), (found.Text("used"), found.Notices));
        Assert.Equal(
            ["White Hanging Heart T-Light Holder", "Holds one <mark>small</mark> <mark>candle</mark>."],
            found.Highlights[0]
        );
    }

    [Fact]
    public async Task A_long_description_shows_two_pieces_of_it()
    {
        var words = string.Join(' ', Enumerable.Repeat("lorem ipsum", 30));
        await small.Shop.SavedAsync(
            Shelving.Mug() with
            {
                Title = "Zebra & <Co>",
                Description = $"{words} a zebra {words} Zebras and zebra {words} zebra",
            }
        );
        await small.Shop.IndexedAsync();

        var found = await FindAsync("text: \"zebra\"");

        Assert.Equal(3, found.Highlights[0].Length);
        Assert.Equal("<mark>Zebra</mark> &amp; &lt;Co&gt;", found.Highlights[0][0]);
        Assert.All(
            found.Highlights[0][1..],
            piece =>
            {
                Assert.Contains("<mark>", piece, StringComparison.Ordinal);
                Assert.InRange(
                    piece
                        .Replace("<mark>", "", StringComparison.Ordinal)
                        .Replace("</mark>", "", StringComparison.Ordinal)
                        .Length,
                    80,
                    120
                );
            }
        );
    }

    private async Task<int> CountAsync(string text)
    {
        using var sql = SqlCount.Start();
        await small.Shop.FindAsync(text);
        return sql.Statements.Count(statement => statement.Contains("search.", StringComparison.Ordinal));
    }

    private static string[] Texts(JsonElement list) =>
        [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private async Task<Rescued> FindAsync(string arguments)
    {
        var answer = await small.Shop.AskJsonAsync(
            $$"""
            {
              productSearch({{arguments}}) {
                text { asked used alternatives }
                notices
                edges { score highlights node { variants(first: 1) { nodes { sku } } } }
                totalCount
              }
            }
            """
        );
        return new(answer.GetProperty("productSearch"));
    }

    private sealed record Rescued(JsonElement Answer)
    {
        public Found Hits => new(Answer);

        public string Notices => string.Join(' ', Texts(Answer.GetProperty("notices")));

        public string[] Alternatives => Texts(Answer.GetProperty("text").GetProperty("alternatives"));

        public string[][] Highlights =>
            [
                .. Answer
                    .GetProperty("edges")
                    .EnumerateArray()
                    .Select(edge => Texts(edge.GetProperty("highlights"))),
            ];

        public string? Text(string field) => Answer.GetProperty("text").GetProperty(field).GetString();
    }
}
