using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Shop.Load.Fuzz;

/// <summary>Texts and numbers that have broken somebody's endpoint, and the ways to write them.</summary>
internal static class FuzzTexts
{
    /// <summary>What stands where a text is expected.</summary>
    public static readonly string[] Texts =
    [
        "",
        " ",
        "a",
        "red",
        "TEAPOT",
        "a@example.com",
        "a\0b",
        "\0",
        "a\ud83d",
        "\ude00b",
        "\ud83d\ude00",
        "e\u0301",
        "\u202eabc\u200b",
        "\ufeff",
        "%_\\",
        "' or 1=1 --",
        "\"\\\r\n\t",
        "ł Ø ß 中文 عربى",
        "12",
        "1e400",
        "null",
        "2026-03-01",
        "S-7K2M-9QXT",
        new('x', 300),
        new('\u00e9', 5_000),
    ];

    /// <summary>What stands where a number is expected, as it is written.</summary>
    public static readonly string[] Numbers =
    [
        "0",
        "1",
        "-1",
        "20",
        "100",
        "101",
        "2147483647",
        "-2147483648",
        "2147483648",
        "9223372036854775808",
        "1.5",
        "-0.0",
        "1e3",
        "1e400",
        "-1e400",
        "79228162514264337593543950336",
        new('9', 4_000),
    ];

    /// <summary>What is put into a document at any place.</summary>
    public static readonly string[] Pieces =
    [
        "\r",
        "\r\n",
        "\n",
        "\0",
        "\ufeff",
        "\u2028",
        "{",
        "}",
        "(",
        ")",
        "[",
        "\"",
        "\"\"\"",
        "\\",
        "\\u0000",
        "\\ud83d",
        "\"\\ud83d\"",
        "\ud83d",
        "\ud83d\ude00",
        "é",
        "#\\x",
        "...",
        "... on Query",
        "@include(if: false)",
        "@skip(if: true)",
        "@oneOf",
        "@a",
        "$",
        "$a: Int = 1e400",
        "!",
        "&",
        ":",
        "__typename",
        "__schema { types { name } }",
        "fragment A on Query { ...A }",
        "query A { __typename }",
        "subscription { __typename }",
        "type A { a: Int }",
        "null",
        "-",
        "0123",
        "1e",
        new('9', 400),
    ];

    /// <summary>As JSON and documents write a text; half of a surrogate pair, which has no bytes in UTF-8, as an escape.</summary>
    public static string Quoted(string text)
    {
        var written = new StringBuilder(text.Length + 2).Append('"');
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter is '"' or '\\')
            {
                written.Append('\\').Append(letter);
            }
            else if (char.IsSurrogatePair(text, at) && at + 1 < text.Length)
            {
                written.Append(letter).Append(text[++at]);
            }
            else if (letter < ' ' || char.IsSurrogate(letter))
            {
                written.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                written.Append(letter);
            }
        }

        return written.Append('"').ToString();
    }

    /// <summary>As ids and cursors hide what is in them.</summary>
    public static string Hidden(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
