using System.Text.RegularExpressions;
using GraphQLParser;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// A text of the same tokens at the same places as a document's, in short lines. The parser pads what it says of a mistake up to
/// its column, blank by blank: at the end of a line of 20,000 characters that takes longer than many pages of the shop.
/// </summary>
internal static partial class ShortLines
{
    /// <summary>Characters of a line, and of a token that is left as it is.</summary>
    private const int Short = 500;

    /// <summary>Whether every line of a document is short.</summary>
    public static bool AreIn(ReadOnlySpan<char> document)
    {
        foreach (var line in document.EnumerateLines())
        {
            if (line.Length > Short)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text with the same mistakes; what long names, numbers and texts say is gone.</summary>
    public static string Of(string document) =>
        string.Create(
            document.Length,
            document,
            static (lines, document) =>
            {
                document.CopyTo(lines);
                foreach (var token in Tokens().EnumerateMatches(document))
                {
                    Shorten(lines.Slice(token.Index, token.Length));
                }
            }
        );

    /// <summary>Where in the document is what stands at a place of the text in short lines.</summary>
    public static Location PlaceIn(string document, string lines, Location place)
    {
        var at = 0;
        for (var line = 1; line < place.Line; line++)
        {
            at = lines.IndexOf('\n', at) + 1;
        }

        return Location.FromLinearPosition(document, at + place.Column - 1);
    }

    private static void Shorten(Span<char> token)
    {
        if (token[0] is ' ' or '\t' or ',' or '\uFEFF' or '#')
        {
            token.Fill('\n');
        }
        else if (token.Length > Short)
        {
            ShortenLong(token);
        }
    }

    private static void ShortenLong(Span<char> token)
    {
        switch (token)
        {
            case ['"', '"', '"', .. var inside]:
                var isClosed = inside.EndsWith("\"\"\"");
                foreach (ref var each in isClosed ? inside[..^3] : inside)
                {
                    // A character that may not stand there is left to be found.
                    each = each < ' ' ? each : '\n';
                }

                break;
            case ['"', .., '"']:
                token.Fill('\n');
                token[..3].Fill('"');
                token[^3..].Fill('"');
                break;
            case ['"', ..]:
                token[1..].Fill('\n');
                break;
            case [(>= '0' and <= '9') or '-', ..]:
                var isNumber = Number().IsMatch(token);
                token.Fill('\n');
                token[0] = isNumber ? '0' : '-';
                break;
            default:
                token[1..].Fill('\n');
                break;
        }
    }

    // Blanks and comments; block texts, or the rest after one that is not closed; texts, or as much of one as is right; numbers,
    // or what is taken for one; names.
    [GeneratedRegex(
        """
            [ \t,\uFEFF]+
            | \#[^\n]*
            | "{3} (?> ( [^"\\] | \\"{3} | \\ | "(?!"") )* ) "{3}
            | "{3} [\s\S]*
            | " (?> ( [^"\\\x00-\x08\x0A-\x1F] | \\["\\/bfnrt] | \\u[0-9A-Fa-f]{4} )* ) "?
            | -?[0-9][0-9A-Za-z_.+-]*
            | [A-Za-z_][0-9A-Za-z_]*
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Tokens();

    [GeneratedRegex(
        @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Number();
}
