using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQL.Validation.Rules.Custom;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Takes the place of the engine's validator. That one checks a document the first time; what depends on who asks and on
/// the variables is checked here each time, and nothing else is.
/// </summary>
/// <param name="limits">What a document may ask for.</param>
/// <param name="admit">Lets in what has passed; null where all is.</param>
internal sealed class DocumentCheck(GraphLimits limits, AdmitOperation? admit = null) : IDocumentValidator
{
    private readonly DocumentValidator _engine = new();
    private readonly IValidationRule[] _rules =
    [
        // Arguments are read here, and checked as they are read.
        .. DocumentValidator.CoreRules.Except([
            FieldArgumentsAreValidRule.Instance,
            SingleRootFieldSubscriptions.Instance,
        ]),
        new OneSubscriptionRoot(),
        new FitLiterals(),
        .. limits.Introspection ? (IValidationRule[])[] : [NoIntrospectionValidationRule.Instance],
    ];

    /// <inheritdoc />
    public Task<IValidationResult> ValidateAsync(in ValidationOptions options) =>
        options.UserContext is Caller caller
            ? CheckAsync(options, caller)
            : throw new ArgumentException("The user context of a request is its caller.", nameof(options));

    private async Task<IValidationResult> CheckAsync(ValidationOptions options, Caller caller)
    {
        HoldKind(options.Operation.Operation, caller.Allowed);
        if (caller.Document is null)
        {
            var result = await CheckAsync(options.Document, options.Schema);
            if (!result.IsValid)
            {
                return EnumHints.In(result, options.Schema);
            }

            caller.Document = new CheckedDocument(options.Document, options.Schema);
        }

        caller.Operation = caller.Document[options.Operation];
        if (caller.Operation.Needs.Count > 0)
        {
            var asker = Asker.Of(options.User, ((ShopSchema)options.Schema).Audience);
            AccessDenied.Hold(caller.Operation.Needs, asker);
        }

        var inputs = await caller.Operation.Inputs.ReadAsync(options.Variables);
        if (!inputs.IsValid)
        {
            return EnumHints.In(inputs, options.Schema);
        }

        var cost = caller.Operation.Cost.Of(inputs);
        LimitExceeded.Hold(Limit.Cost, limits.MaxCost, caller.Charge(cost));
        if (admit is not null && !caller.IsAdmitted)
        {
            caller.Enter(
                await admit(
                    new(
                        caller.Operation,
                        options.Variables,
                        cost,
                        options.User,
                        ((ShopSchema)options.Schema).Audience,
                        caller.Address
                    ),
                    options.CancellationToken
                )
            );
        }

        return inputs;
    }

    /// <summary>Checks the text alone.</summary>
    public Task<IValidationResult> CheckAsync(GraphQLDocument document, ISchema schema) =>
        _engine.ValidateAsync(
            new()
            {
                Document = document,
                Schema = schema,
                Rules = _rules,
                // Without an operation the engine reads no inputs.
                Operation = null!,
                Variables = Inputs.Empty,
                UserContext = new Caller(OperationKinds.None),
            }
        );

    private static void HoldKind(OperationType operation, OperationKinds allowed)
    {
        var kind = operation switch
        {
            OperationType.Query => OperationKinds.Query,
            OperationType.Mutation => OperationKinds.Mutation,
            _ => OperationKinds.Subscription,
        };
        if (!allowed.HasFlag(kind))
        {
            throw new OperationNotAllowed(kind);
        }
    }
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
