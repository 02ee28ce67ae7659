using System.Buffers;
using System.Text;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// What each text of a client has to be: well-formed Unicode without U+0000, which PostgreSQL does not take. Held for the
/// literals of a document and for variables, whatever type they are of, so that no other text reaches a resolver.
/// </summary>
internal static class SentText
{
    /// <summary>Why a text with U+0000 is refused.</summary>
    public const string NoNull = "A text may not have the character U+0000.";

    /// <summary>Whether a text is what it has to be.</summary>
    public static bool IsFit(ReadOnlySpan<char> text) => !text.Contains('\0') && IsWellFormed(text);

    /// <summary>Whether each surrogate in a text is one of a pair.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0; )
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + length)..];
        }

        return true;
    }

    /// <summary>Refuses variables of which a text, or the name of a member, is not fit.</summary>
    /// <exception cref="UnfitText">There is one.</exception>
    public static void Hold(IReadOnlyDictionary<string, object?>? variables)
    {
        foreach (var (name, value) in variables ?? Inputs.Empty)
        {
            if (!IsFit(name) || !IsFit(value))
            {
                throw new UnfitText($"Invalid value for variable '{name}'. {NoNull}");
            }
        }
    }

    // As the transports read it.
    private static bool IsFit(object? value) =>
        value switch
        {
            string text => IsFit(text.AsSpan()),
            Dictionary<string, object?> members => members.All(member =>
                IsFit(member.Key) && IsFit(member.Value)
            ),
            List<object?> items => items.TrueForAll(IsFit),
            _ => true,
        };
}

/// <summary>A variable has a text that no resolver may see.</summary>
internal sealed class UnfitText : RequestError
{
    public UnfitText(string message)
        : base(message) => Code = ErrorCode.ValidationFailed;
}

/// <summary>Refuses literals that are not fit. The parser takes them for what they say: <c>"\u0000"</c>, <c>"\ud83d"</c>.</summary>
internal sealed class FitLiterals : ValidationRuleBase
{
    private static readonly MatchingNodeVisitor<GraphQLStringValue> _visitor = new(Check);

    /// <inheritdoc />
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        new(_visitor);

    private static void Check(GraphQLStringValue literal, ValidationContext context)
    {
        if (!SentText.IsFit(literal.Value.Span))
        {
            context.ReportError(
                SentText.IsWellFormed(literal.Value.Span)
                    ? new ValidationError(context.Document.Source, null, SentText.NoNull, literal)
                    : new HalfCharacter(context.Document, literal)
            );
        }
    }
}

/// <summary>A literal escapes half of a surrogate pair, which the specification calls a mistake of syntax.</summary>
internal sealed class HalfCharacter(GraphQLDocument document, GraphQLStringValue literal)
    : ValidationError(document.Source, null, "A text has half of a surrogate pair.", literal);
