using GraphQL;

namespace Shop.GraphQL.Http;

/// <summary>What a client sent, whichever way.</summary>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of its operations; null where it has one.</param>
/// <param name="Variables">By name, as JSON values.</param>
/// <param name="Extensions">By name; what we do not know is ignored.</param>
internal sealed record GraphRequest(
    string Query,
    string? OperationName,
    Inputs? Variables,
    Inputs? Extensions
);
