using System.Globalization;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Suggesting;

/// <summary>Words of which each is whole, or begins one; or what means the same.</summary>
/// <param name="terms">One or more.</param>
internal sealed class BegunText(SearchTerms terms)
{
    private readonly string[] _parts = [.. PartsOf(terms.Words)];
    private readonly string[][] _readings = [.. terms.Readings.Select(words => PartsOf(words).ToArray())];
    private readonly string[] _begun =
    [
        .. PartsOf(terms.Meant.Where(word => !word.IsSigns)).Distinct(StringComparer.Ordinal),
    ];
    private readonly string[] _runs =
    [
        .. terms.Meant.Where(word => word.IsSigns).Select(word => string.Concat(word.Parts)).Distinct(),
    ];

    /// <summary>Whether each begins a word of a text, in one of the ways to put them.</summary>
    public bool IsIn(string? text) =>
        text is not null
        && PartsOf(SearchText.Of(text)).ToList() is var parts
        && Array.Exists(
            _readings,
            reading =>
                Array.TrueForAll(
                    reading,
                    part => parts.Exists(one => one.StartsWith(part, StringComparison.Ordinal))
                )
        );

    /// <summary>
    /// The words with the last one completed, by each word of a title that it begins; none where the title lacks another, and none
    /// of signs, which are whole.
    /// </summary>
    /// <param name="title">Folded words, with single blanks.</param>
    public IEnumerable<string> Completions(string title)
    {
        var parts = title.Split(' ');
        return !terms.Words[^1].IsSigns && _parts.SkipLast(1).All(parts.Contains)
            ? parts
                .Where(part => part.StartsWith(_parts[^1], StringComparison.Ordinal))
                .Distinct()
                .Select(part => string.Join(' ', _parts.SkipLast(1).Append(part)))
            : [];
    }

    /// <summary>A text with what was typed of it marked; see <see cref="Marks"/>.</summary>
    public string Mark(string text) =>
        Marks.Html(
            text,
            PlacedWord.Of(text).SelectMany(word => Beginning(text, word)).Concat(Marks.OfSigns(text, _runs))
        );

    private static IEnumerable<string> PartsOf(IEnumerable<SearchWord> words) =>
        words.SelectMany(word => word.Parts);

    private IEnumerable<(int Start, int End)> Beginning(string text, PlacedWord word)
    {
        if (LongestIn(word.Parts[0]) is { Length: > 0 } begun)
        {
            yield return (word.Start, EndOf(begun, text, word));
        }
        else if (word.Parts.Any(part => LongestIn(part) is not null))
        {
            yield return (word.Start, word.End);
        }
    }

    private string? LongestIn(string part) =>
        _begun.Where(begun => part.StartsWith(begun, StringComparison.Ordinal)).MaxBy(begun => begun.Length);

    // Folded, a letter may be two: as much is marked as has all of what was typed.
    private static int EndOf(string begun, string text, PlacedWord word)
    {
        var end = word.Start;
        while (end < word.End && LettersOf(text[word.Start..end]) < begun.Length)
        {
            end += StringInfo.GetNextTextElementLength(text, end);
        }

        return Math.Min(end, word.End);
    }

    // An apostrophe is none, since it need not be typed.
    private static int LettersOf(string text) =>
        Folding
            .Of(text)
            .EnumerateRunes()
            .Sum(rune => Script.IsApostrophe(rune) ? 0 : rune.Utf16SequenceLength);
}
