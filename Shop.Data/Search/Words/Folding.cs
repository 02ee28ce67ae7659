using System.Text;
using ADRaffy.ENSNormalize;
using AnyAscii;

namespace Shop.Data.Search.Words;

/// <summary>Makes one of the ways in which people write the same letters: small ones, without accents.</summary>
internal static class Folding
{
    /// <summary>
    /// <c>Café ŁÓDŹ Ｔｅａ</c> becomes <c>cafe lodz tea</c>, <c>ß</c> becomes <c>ss</c>. Signs of Chinese, Japanese and Korean stay as
    /// they are, and so do the letters of other scripts, but for their accents.
    /// </summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in ENSNormalize.NF.NFC(WithoutAccents(ENSNormalize.NF.NFD(text))).EnumerateRunes())
        {
            folded.Append(IsLatin(rune) ? rune.ToString().Transliterate() : rune.ToString());
        }

        return folded.ToString().ToLowerInvariant();
    }

    private static string WithoutAccents(string decomposed) =>
        string.Concat(decomposed.Where(letter => letter is < '\u0300' or > '\u036f'));

    // Letters that are no accented ones of ASCII, such as ø, and ASCII in other clothes: ligatures, full width.
    private static bool IsLatin(Rune rune) =>
        rune.Value
            is (>= 0xC0 and <= 0x24F and not 0xD7 and not 0xF7)
                or (>= 0x1E00 and <= 0x1EFF)
                or (>= 0x2070 and <= 0x209C)
                or (>= 0xFB00 and <= 0xFB06)
                or (>= 0xFF01 and <= 0xFF5E);
}
