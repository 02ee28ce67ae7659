using System.Text;

namespace Shop.Data.Search.Words;

/// <summary>A word where it stands in a text, as that was written. Signs of Chinese, Japanese and Korean are none of them.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character behind it.</param>
/// <param name="Parts">What it is searched for by; one or more.</param>
internal sealed record PlacedWord(int Start, int End, IReadOnlyList<string> Parts)
{
    /// <summary>The words of a text, in their order; what a hyphen parts is two.</summary>
    public static IEnumerable<PlacedWord> Of(string text)
    {
        for (var place = 0; place < text.Length; )
        {
            var end = EndOf(text, place);
            if (PartsOf(text[place..end]) is { Length: > 0 } parts)
            {
                yield return new(place, end, parts);
            }

            place = Math.Max(end, place + LengthAt(text, place));
        }
    }

    private static string[] PartsOf(string word) => [.. SearchText.Of(word).SelectMany(each => each.Parts)];

    private static int EndOf(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsInside(text, start, end))
        {
            end += LengthAt(text, end);
        }

        return end;
    }

    private static bool IsInside(string text, int start, int place)
    {
        var rune = RuneAt(text, place);
        var isFirst = place == start;
        return Script.IsLetterOrDigit(rune) ? !Script.IsSign(rune)
            : Script.IsApostrophe(rune) ? !isFirst
            : rune.Value is '.' or ','
                && !isFirst
                && char.IsDigit(text[place - 1])
                && place + 1 < text.Length
                && char.IsDigit(text[place + 1]);
    }

    private static int LengthAt(string text, int place) => RuneAt(text, place).Utf16SequenceLength;

    // Half of a sign stands for itself.
    private static Rune RuneAt(string text, int place) =>
        Rune.TryGetRuneAt(text, place, out var rune) ? rune : Rune.ReplacementChar;
}
