using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>A document that is valid, with what follows from its text for every request that sends it.</summary>
internal sealed class CheckedDocument
{
    private readonly IReadOnlyList<CheckedOperation> _operations;

    /// <param name="syntax">Parsed, and valid against <paramref name="schema"/>.</param>
    /// <param name="schema">What it is run on.</param>
    /// <param name="rules">What each request has to pass.</param>
    public CheckedDocument(GraphQLDocument syntax, ISchema schema, IReadOnlyList<IValidationRule> rules)
    {
        Syntax = syntax;
        Rules = rules;
        var publicness = new Publicness(syntax, schema);
        _operations =
        [
            .. syntax
                .Definitions.OfType<GraphQLOperationDefinition>()
                .Select(operation => new CheckedOperation(
                    operation.Name?.StringValue,
                    operation.Operation,
                    publicness.Of(operation)
                )),
        ];
    }

    /// <summary>The document itself; never changed.</summary>
    public GraphQLDocument Syntax { get; }

    /// <summary>What each request has to pass, whatever is known of the document.</summary>
    public IReadOnlyList<IValidationRule> Rules { get; }

    /// <summary>The operation that a request means; null where the document has none of this name.</summary>
    /// <param name="name">Null or empty where the document has but one.</param>
    public CheckedOperation? Find(string? name) =>
        string.IsNullOrEmpty(name)
            ? (_operations is [var only] ? only : null)
            : _operations.FirstOrDefault(operation => operation.Name == name);
}

/// <summary>An operation of a document that is valid.</summary>
/// <param name="Name">Null where it has none.</param>
/// <param name="Kind">Query, mutation or subscription.</param>
/// <param name="IsPublic">
/// Whether its answer is the same for whoever asks with the same variables: a query, and <see cref="PublicAttribute"/>
/// stands on each of its fields.
/// </param>
internal sealed record CheckedOperation(string? Name, OperationType Kind, bool IsPublic);
