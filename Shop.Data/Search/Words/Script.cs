using System.Globalization;
using System.Text;

namespace Shop.Data.Search.Words;

/// <summary>What a character is to a reader of words.</summary>
internal static class Script
{
    /// <summary>A sign of Chinese, Japanese or Korean, which are written without blanks.</summary>
    public static bool IsSign(Rune rune) =>
        rune.Value
            is 0x3005
                or 0x3007
                or (>= 0x3041 and <= 0x3096)
                or (>= 0x30A1 and <= 0x30FA)
                or 0x30FC
                or (>= 0x31F0 and <= 0x31FF)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x323AF);

    /// <summary>What words are made of; the marks of Indian and Thai vowels, too.</summary>
    public static bool IsLetterOrDigit(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;

    public static bool IsDigit(Rune rune) => Rune.IsDigit(rune);

    /// <summary>Leaves no gap: <c>don't</c> is <c>dont</c>.</summary>
    public static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2018' or '\u2019' or '\u02bc';

    public static bool IsHyphen(Rune rune) => rune.Value is '-' or '\u2010' or '\u2011';
}
