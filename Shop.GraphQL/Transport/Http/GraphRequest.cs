namespace Shop.GraphQL.Transport.Http;

/// <summary>What a client sent, whichever way.</summary>
/// <param name="Query">The document; null where it is only named, by <paramref name="DocumentId"/> or an extension.</param>
/// <param name="DocumentId">The name of a document that is registered; null where it has none.</param>
/// <param name="OperationName">Which of its operations; null where it has one.</param>
/// <param name="Variables">By name, as JSON values.</param>
/// <param name="Extensions">By name; what we do not know is ignored.</param>
internal sealed record GraphRequest(
    string? Query,
    string? DocumentId,
    string? OperationName,
    Inputs? Variables,
    Inputs? Extensions
);
