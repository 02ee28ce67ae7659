using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;

namespace Shop.Tests.Search.Synonyms;

/// <summary>What else is looked for than what was typed.</summary>
public sealed class ThesaurusTests
{
    [Theory]
    // Both ways, by stem, and one step: a lantern is a light, and a light is a lamp, but a lantern is no lamp.
    [InlineData("lamp", "lamp=light")]
    [InlineData("lights", "lights=lamp/lantern")]
    [InlineData("LANTERN", "lantern=light")]
    // One way.
    [InlineData("crockery", "crockery=mug/plate")]
    [InlineData("mug", "mug=beaker")]
    [InlineData("plate", "plate")]
    // Phrases: the longest that begins at a word; what is between two terms is none of either.
    [InlineData("blue tea towel rail", "blue, tea towel=dishcloth, rail")]
    [InlineData("dishcloth", "dishcloth=tea towel")]
    [InlineData("tea blue towel", "tea, blue, towel")]
    [InlineData("tea-towel", "tea-towel=dishcloth")]
    [InlineData("towel tea", "towel, tea")]
    // Words that have synonyms together keep those of their own.
    [InlineData("lamp stand", "lamp stand=tripod/light stand")]
    [InlineData("茶杯 lamp", "茶杯=mug, lamp=light")]
    [InlineData("陶瓷茶杯", "陶瓷茶杯")]
    [InlineData("", "")]
    public void A_text_is_cut_into_terms(string text, string terms) =>
        Assert.Equal(terms, Told(_thesaurus.Read(SearchText.Of(text), Thesauri.Stems)));

    [Theory]
    [InlineData("dish", "dish=tea towel")]
    [InlineData("blue tea tow", "blue, tea tow=dishcloth")]
    [InlineData("lan", "lan=light")]
    [InlineData("la", "la")]
    [InlineData("dish lamp", "dish, lamp=light/tripod")]
    public void A_word_that_is_still_typed_means_what_it_begins(string text, string terms) =>
        Assert.Equal(terms, Told(_thesaurus.Read(SearchText.Of(text), Thesauri.Stems, isBegun: true)));

    [Fact]
    public void A_text_has_a_limited_number_of_readings()
    {
        var many = Thesauri.Of([.. Enumerable.Range(0, 30).Select(each => $"mug, m{each}x")]);
        var terms = many.Read(SearchText.Of("mug mug mug"), Thesauri.Stems);

        Assert.All(terms, term => Assert.Equal(Thesaurus.MaxAlternatives, term.Alternatives.Count));
        var readings = new SearchTerms(terms, Thesauri.Stems).Readings;
        Assert.Equal(32, readings.Count);
        Assert.Equal("mug mug mug", SearchText.Plain(readings[0]));
    }

    private readonly Thesaurus _thesaurus = Thesauri.Of(
        "lamp, light",
        "light, lantern",
        "crockery => mug, plate",
        "mug, beaker",
        "tea towel, dishcloth",
        "lamp stand, tripod",
        "茶杯 => mug"
    );

    private static string Told(IEnumerable<SearchTerm> terms) =>
        string.Join(
            ", ",
            terms.Select(term =>
                string.Join(
                    '=',
                    [
                        Text(term.Words),
                        .. Others(term) is { Length: > 0 } others ? [others] : Array.Empty<string>(),
                    ]
                )
            )
        );

    private static string Others(SearchTerm term) => string.Join('/', term.Alternatives.Select(Text));

    private static string Text(IEnumerable<SearchWord> words) =>
        string.Join(' ', words.Select(word => word.Text));
}
