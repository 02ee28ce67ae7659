using F23.StringSimilarity;

namespace Shop.Data.Search.Words;

/// <summary>The words by which a shop's products can be called, each with how many have it. Never changed once it is made.</summary>
internal sealed class Vocabulary
{
    // A shorter word is as near to too many others.
    private const int ShortestCorrected = 4;
    private const int ShortestCorrection = 3;

    // From so many letters on two of them may be wrong.
    private const int LongWord = 8;

    private static readonly OptimalStringAlignment _distance = new();
    private readonly ILookup<char, (string Word, int Products)> _byFirstLetter;

    /// <param name="words">Folded, each once, with the products that have it.</param>
    public Vocabulary(IEnumerable<KeyValuePair<string, int>> words) =>
        _byFirstLetter = words
            .Where(word => word.Key.Length >= ShortestCorrection && word.Key.All(char.IsLetter))
            .ToLookup(word => word.Key[0], word => (word.Key, word.Value));

    /// <summary>Of a shop without products.</summary>
    public static Vocabulary Empty { get; } = new([]);

    /// <summary>
    /// What a word may have been meant for: words that begin with the same letter and are one letter away, or two from eight letters
    /// on; two that are swapped are one. The nearest comes first, then the one that most products have. Nothing for a short word,
    /// and for one that has a digit.
    /// </summary>
    public IEnumerable<string> Nearest(string word) =>
        word.Length < ShortestCorrected || !word.All(char.IsLetter)
            ? []
            : from candidate in _byFirstLetter[word[0]]
            let most = word.Length >= LongWord ? 2 : 1
            where Math.Abs(candidate.Word.Length - word.Length) <= most
            let distance = (int)_distance.Distance(word, candidate.Word)
            where distance <= most
            orderby distance, candidate.Products descending, candidate.Word
            select candidate.Word;
}
