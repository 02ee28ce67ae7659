using System.Buffers;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>How a request names a document instead of sending it.</summary>
/// <param name="Hash">SHA-256 of its text, as 64 lower-case hex digits; or what can be no document's hash.</param>
/// <param name="IsAutomatic">
/// Named as Apollo's clients do (<c>extensions.persistedQuery</c>): told that the shop does not know it, they send it once
/// along with the name, and from then on it is known. Else as GraphQL over HTTP does (<c>documentId</c>).
/// </param>
internal sealed record DocumentName(string Hash, bool IsAutomatic)
{
    private const string Prefix = "sha256:";

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether any document can have this name.</summary>
    public bool IsHash => Hash.Length == 64 && !Hash.AsSpan().ContainsAnyExcept(_digits);

    /// <summary>The hash of an id of GraphQL over HTTP, which may say how it was hashed.</summary>
    public static string HashOf(string documentId) =>
        documentId.StartsWith(Prefix, StringComparison.Ordinal) ? documentId[Prefix.Length..] : documentId;

    /// <summary>The name in a request; null where it has none.</summary>
    /// <exception cref="DocumentRefused">It has a name of no form that we know.</exception>
    public static DocumentName? Of(string? documentId, IReadOnlyDictionary<string, object?>? extensions) =>
        documentId is not null ? new(HashOf(documentId), false)
        : extensions?.GetValueOrDefault("persistedQuery") is { } persisted ? OfApollo(persisted)
        : null;

    private static DocumentName OfApollo(object persisted) =>
        persisted is IDictionary<string, object?> members
        && members.TryGetValue("version", out var version)
        && version is 1
        && members.TryGetValue("sha256Hash", out var hash)
        && hash is string text
            ? new(text, true)
            : throw DocumentRefused.Malformed();
}
