using Shop.Data.Search.Words;

namespace Shop.Tests.Search;

/// <summary>What a word that no product has may have been meant for.</summary>
public sealed class VocabularyTests
{
    private static readonly Vocabulary _words = new(
        new Dictionary<string, int>
        {
            ["light"] = 9,
            ["lights"] = 3,
            ["sight"] = 50,
            ["hanging"] = 4,
            ["hangings"] = 8,
            ["jewellery"] = 2,
            ["cup"] = 5,
            ["cap"] = 6,
            ["tea"] = 7,
            ["5mm"] = 9,
            ["кружка"] = 1,
        }
    );

    [Theory]
    // A letter swapped, missing, too many, wrong.
    [InlineData("lihgt", "light")]
    [InlineData("ligt", "light")]
    [InlineData("lightt", "light lights")]
    [InlineData("licht", "light")]
    // The nearest before the more frequent, of equally near ones the more frequent.
    [InlineData("hangingz", "hangings hanging")]
    [InlineData("cupp", "cup")]
    [InlineData("caup", "cap cup")]
    // Two letters from eight letters on.
    [InlineData("jewelery", "jewellery")]
    [InlineData("jewelry", "")]
    [InlineData("jewwellary", "jewellery")]
    // The first letter is right, a word of three is none that can be corrected, and neither is what has a digit.
    [InlineData("might", "")]
    [InlineData("tae", "")]
    [InlineData("5mmm", "")]
    [InlineData("кружко", "кружка")]
    public void A_word_may_have_been_meant_for(string typed, string words) =>
        Assert.Equal(words, string.Join(' ', _words.Nearest(typed)));

    [Theory]
    [InlineData("T-Lihgt", "t-light")]
    [InlineData("tea-lightt", "tea-light tea-lights")]
    [InlineData("lihgt-5", "")]
    [InlineData("陶瓷", "")]
    [InlineData("unheard", "")]
    public void The_parts_of_a_word_stay_together(string typed, string words) =>
        Assert.Equal(
            words,
            string.Join(
                ' ',
                Assert.Single(SearchText.Of(typed)).Corrections(_words).Select(word => word.Text)
            )
        );

    [Theory]
    [InlineData("3.5mm")]
    [InlineData("t-light")]
    [InlineData("42-318")]
    [InlineData("陶瓷茶杯")]
    public void A_word_reads_as_it_was_typed(string typed) =>
        Assert.Equal(typed, Assert.Single(SearchText.Of(typed)).Text);
}
