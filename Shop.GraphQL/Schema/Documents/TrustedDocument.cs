using System.Security.Cryptography;
using System.Text;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>A document that the shop knows by its hash, so that a client need not send it.</summary>
/// <param name="Name">Of its operation.</param>
/// <param name="Text">What is run.</param>
internal sealed record TrustedDocument(string Name, string Text)
{
    /// <summary>SHA-256 of the text in UTF-8, as 64 lower-case hex digits.</summary>
    public string Id { get; } = IdOf(Text);

    /// <summary>The id that any text has.</summary>
    public static string IdOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
