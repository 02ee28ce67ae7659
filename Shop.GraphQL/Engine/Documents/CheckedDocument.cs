using GraphQL.Types;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>A document that is valid, with what follows from its text for every request that sends it.</summary>
internal sealed class CheckedDocument
{
    private readonly IReadOnlyList<CheckedOperation> _operations;

    /// <param name="syntax">Parsed, and valid against <paramref name="schema"/>.</param>
    /// <param name="schema">What it is run on.</param>
    public CheckedDocument(GraphQLDocument syntax, ISchema schema)
    {
        Syntax = syntax;
        var types = new DocumentTypes(syntax, schema);
        var publicness = new Publicness(types);
        _operations =
        [
            .. syntax
                .Definitions.OfType<GraphQLOperationDefinition>()
                .Select(operation => new CheckedOperation(
                    operation,
                    publicness.Of(operation),
                    OperationNeeds.Of(operation, types),
                    new OperationInputs(operation, types),
                    new CostPlan(operation, types),
                    RootField.Of(operation, types)
                )),
        ];
        AnnouncedOn = publicness.Channels;
    }

    /// <summary>Where it is announced that something has changed of what its public operations read.</summary>
    public IReadOnlyCollection<string> AnnouncedOn { get; }

    /// <summary>The document itself; never changed.</summary>
    public GraphQLDocument Syntax { get; }

    /// <summary>The operation that a request means; null where the document has none of this name.</summary>
    /// <param name="name">Null or empty where the document has but one.</param>
    public CheckedOperation? Find(string? name) =>
        string.IsNullOrEmpty(name)
            ? (_operations is [var only] ? only : null)
            : _operations.FirstOrDefault(operation => operation.Name == name);

    /// <summary>What is known of one of its operations.</summary>
    public CheckedOperation this[GraphQLOperationDefinition syntax] =>
        _operations.Single(operation => operation.Syntax == syntax);
}

/// <summary>An operation of a document that is valid.</summary>
/// <param name="Syntax">As it is written.</param>
/// <param name="IsSameForAll">
/// Whether its answer, or the answer to the same event, is the same for all clients with the same variables:
/// <see cref="PublicAttribute"/> stands on each of its fields.
/// </param>
/// <param name="Needs">What its fields need of the asker, each with a field that does.</param>
/// <param name="Inputs">Reads what a request gives to it.</param>
/// <param name="Cost">Tells what a request costs.</param>
/// <param name="Roots">What it selects of its root.</param>
internal sealed record CheckedOperation(
    GraphQLOperationDefinition Syntax,
    bool IsSameForAll,
    IReadOnlyDictionary<Need, string> Needs,
    OperationInputs Inputs,
    CostPlan Cost,
    IReadOnlyList<RootField> Roots
)
{
    /// <summary>Whether its answer may be kept for others: it is the same for all, and a query's.</summary>
    public bool IsPublic { get; } = IsSameForAll && Syntax.Operation == OperationType.Query;

    /// <summary><c>query</c>, <c>mutation</c> or <c>subscription</c>.</summary>
    public string Type { get; } =
        Syntax.Operation switch
        {
            OperationType.Query => "query",
            OperationType.Mutation => "mutation",
            _ => "subscription",
        };

    /// <summary>Null where it has none.</summary>
    public string? Name { get; } = Syntax.Name?.StringValue;
}
