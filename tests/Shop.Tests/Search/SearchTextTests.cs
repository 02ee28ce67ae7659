using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;
using Shop.Tests.Search.Synonyms;

namespace Shop.Tests.Search;

/// <summary>What a word is, alike for what is written to the index and for what is asked of it.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("White Hanging HEART", "white hanging heart")]
    [InlineData("Café Łódź Straße Ærø Đà", "cafe lodz strasse aero da")]
    [InlineData("Ｔｅａ ﬁne", "tea fine")]
    [InlineData("Καφές ЙОД", "καφες иод")]
    [InlineData("T-Light", "t+light")]
    [InlineData("- a -b- c-", "a b c")]
    [InlineData("don't Mum’s", "dont mums")]
    [InlineData("Salt & Pepper, salt&pepper", "salt and pepper salt and pepper")]
    [InlineData("3.5mm 1,000 1. 2 .5 a.b", "3.5+mm 1,000 1 2 5 a b")]
    [InlineData("85123A 4x4", "85123+a 4+x+4")]
    [InlineData("白色陶瓷茶杯", "白+色+陶+瓷+茶+杯")]
    [InlineData("Tea红茶 100g", "tea 红+茶 100+g")]
    [InlineData("コーヒー・カップ", "コ+ー+ヒ+ー カ+ッ+プ")]
    [InlineData("홍차", "홍+차")]
    [InlineData("が", "が")]
    [InlineData("!!! (*) \"'\"", "")]
    [InlineData("", "")]
    public void A_text_is_cut_into_words_and_their_parts(string text, string words) =>
        Assert.Equal(
            words,
            string.Join(' ', SearchText.Of(text).Select(word => string.Join('+', word.Parts)))
        );

    [Theory]
    [InlineData("85123A", "85123a")]
    [InlineData(" 85-123/a ", "85123a")]
    [InlineData("0012345678905", "12345678905")]
    [InlineData("12345678905", "12345678905")]
    [InlineData("007", "007")]
    [InlineData("A.1", "a1")]
    [InlineData("!", "")]
    public void A_code_is_its_letters_and_digits(string text, string code) =>
        Assert.Equal(code, SearchText.CodeOf(SearchText.Of(text)));

    [Fact]
    public void A_vector_has_words_in_their_places_and_signs_in_pairs() =>
        Assert.Equal(
            "'tea':1 '红':2 '茶':3 '红茶':2 'light':5 '#85123a':7 ",
            new VectorText(new Dictionary<string, string> { ["lights"] = "light" })
                .Add(SearchText.Of("Tea红茶"))
                .Add(SearchText.Of("Lights"))
                .AddCode("85123a")
                .ToString()
        );

    [Theory]
    [InlineData("white lights", "('white') & ('light')", "('white' <-> 'light')")]
    [InlineData("t-light", "('t' <-> 'light')", "('t' <-> 'light')")]
    [InlineData("tea 红茶杯", "('tea') & ('红茶' <-> '茶杯')", "('tea') & ('红茶' <-> '茶杯')")]
    [InlineData("茶", "('茶')", "('茶')")]
    [InlineData("85123a mug", "(('85123' <-> 'a') | '#85123a') & ('mug')", "('85123' <-> 'a' <-> 'mug')")]
    [InlineData("it's | ! & <->", "('its') & ('and')", "('its' <-> 'and')")]
    public void A_query_asks_for_all_words_and_for_them_side_by_side(string text, string all, string phrase)
    {
        var query = new QueryText(Read(Thesaurus.Empty, text));

        Assert.Equal(all, query.All);
        Assert.Equal(phrase, query.SideBySide);
    }

    [Theory]
    [InlineData("beaker", "(('beaker') | ('mug'))", "('beaker') | ('mug')")]
    [InlineData(
        "white lights",
        "('white') & (('light') | ('lamp' <-> 'bulb') | ('红茶' <-> '茶杯'))",
        "('white' <-> 'light') | ('white' <-> 'lamp' <-> 'bulb') | ('white') & ('红茶' <-> '茶杯')"
    )]
    [InlineData(
        "lamp bulb",
        "(('lamp') & ('bulb') | ('light') | ('红茶' <-> '茶杯'))",
        "('lamp' <-> 'bulb') | ('light') | ('红茶' <-> '茶杯')"
    )]
    public void A_query_asks_for_what_means_the_same(string text, string all, string phrase)
    {
        var query = new QueryText(Read(Thesauri.Of("mug, beaker", "light, lamp bulb, 红茶杯"), text));

        Assert.Equal(all, query.All);
        Assert.Equal(phrase, query.SideBySide);
    }

    private static SearchTerms Read(Thesaurus thesaurus, string text) =>
        new(thesaurus.Read(SearchText.Of(text), Thesauri.Stems), Thesauri.Stems);

    [Fact]
    public void No_text_however_odd_makes_a_vector_or_a_query_that_is_none()
    {
        var random = new Random(15);
        for (var run = 0; run < 2_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, 30).Select(_ => (char)random.Next(32, 0xD7FF)));
            var words = SearchText.Of(text);

            Assert.All(
                words.SelectMany(word => word.Parts),
                part => Assert.DoesNotContain(part, letter => letter is '\'' or '\\' or ' ' or '\0')
            );
            // What was folded once stays as it is.
            Assert.Equal(SearchText.Plain(words), SearchText.Plain(SearchText.Of(SearchText.Plain(words))));
        }
    }
}
