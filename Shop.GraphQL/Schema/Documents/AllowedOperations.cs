using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>Refuses kinds of operation that the transport does not carry, such as a mutation by GET.</summary>
internal sealed class AllowedOperations : ValidationRuleBase
{
    /// <inheritdoc />
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        var kind = KindOf(context.Operation.Operation);
        return context.UserContext is Caller caller && !caller.Allowed.HasFlag(kind)
            ? throw new OperationNotAllowed(kind)
            : default;
    }

    private static OperationKinds KindOf(OperationType operation) =>
        operation switch
        {
            OperationType.Query => OperationKinds.Query,
            OperationType.Mutation => OperationKinds.Mutation,
            _ => OperationKinds.Subscription,
        };
}

/// <summary>The transport does not carry this kind of operation.</summary>
internal sealed class OperationNotAllowed : RequestError
{
    public OperationNotAllowed(OperationKinds kind)
        : base(
            kind == OperationKinds.Mutation
                ? "A mutation needs a POST."
                : "A subscription needs a WebSocket (graphql-transport-ws) or `Accept: text/event-stream`."
        )
    {
        Kind = kind;
        Code = ErrorCode.OperationNotAllowed;
    }

    /// <summary>What was asked for.</summary>
    public OperationKinds Kind { get; }
}
