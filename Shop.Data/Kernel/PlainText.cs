using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace Shop.Data.Kernel;

/// <summary>Texts that people write, and what of them can be seen.</summary>
public static class PlainText
{
    private const int LongestWord = 50;

    /// <summary>Whether a text is a word that settings and staff name things by: 1 to 50 small letters, digits and hyphens.</summary>
    public static bool IsWord(string text) =>
        text.Length is > 0 and <= LongestWord
        && text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-');

    /// <summary>
    /// The text in Unicode's composed form (NFC): é is one character, whatever keyboard wrote it. Texts are brought into it where
    /// they are read, so that keys, hashes and names made of them are the same.
    /// </summary>
    public static string Composed(string text) => Ascii.IsValid(text) ? text : ENSNormalize.NF.NFC(text);

    /// <summary>How many characters a text has; controls, and formats such as U+200B, are not counted.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count(rune => !IsHidden(rune));

    /// <summary>Whether there is nothing to be seen.</summary>
    public static bool IsEmpty(string text) => !text.EnumerateRunes().Any(IsSeen);

    /// <summary>Whether a text can be a code or an address: each of its characters can be seen.</summary>
    public static bool IsCode(string text) => text.Length > 0 && text.EnumerateRunes().All(IsSeen);

    /// <summary>
    /// Whether a text can name something: one line that says something, without a character that hides or that turns the
    /// direction of others. The joiners of Persian, of Indian scripts and of emoji stand only between such characters.
    /// </summary>
    public static bool IsName(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        return !IsEmpty(text)
            && runes
                .Index()
                .All(place =>
                    IsSeen(place.Item)
                    || !IsHidden(place.Item)
                    || place.Item.Value is 0x200C or 0x200D
                        && IsJoined(runes.ElementAtOrDefault(place.Index - 1))
                        && IsJoined(runes.ElementAtOrDefault(place.Index + 1))
                );
    }

    private static bool IsJoined(Rune rune) => !rune.IsAscii && IsSeen(rune);

    private static bool IsSeen(Rune rune) => !IsHidden(rune) && !Rune.IsWhiteSpace(rune);

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
