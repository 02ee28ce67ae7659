using System.Security.Cryptography;
using System.Text;
using GraphQLParser;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>A document that the shop knows by its hash, so that a client need not send it.</summary>
/// <param name="Name">Of its operation.</param>
/// <param name="Kind"><c>query</c>, <c>mutation</c> or <c>subscription</c>.</param>
/// <param name="Text">What is run.</param>
internal sealed record TrustedDocument(string Name, string Kind, string Text)
{
    /// <summary>SHA-256 of the text in UTF-8, as 64 lower-case hex digits.</summary>
    public string Id { get; } = IdOf(Text);

    /// <summary>The id that any text has.</summary>
    public static string IdOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads name and kind from the text; of several operations, the first one's.</summary>
    /// <exception cref="InvalidDataException">It has no operation with a name.</exception>
    public static TrustedDocument Parse(string text)
    {
        var operation = Parser.Parse(text).Definitions.OfType<GraphQLOperationDefinition>().FirstOrDefault();
        return operation is { Name: { } name }
            ? new(name.StringValue, operation.Operation.ToString().ToLowerInvariant(), text)
            : throw new InvalidDataException($"A registered document needs an operation with a name: {text}");
    }
}
