using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser.AST;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>
/// Parses and checks a document once and remembers it. What depends on more than the text and the schema (the kind of
/// operation a transport carries, arguments that come as variables) is checked each time.
/// </summary>
internal sealed class CheckedDocuments(GraphLimits limits) : IConfigureExecution
{
    // Twice the nesting of fields: arguments and types nest as well. Past it the parser stops instead of its stack.
    private readonly GraphQLDocumentBuilder _parser = new() { MaxDepth = 2 * limits.MaxDepth + 20 };
    private readonly GenerationCache<string, CheckedDocument> _checked = new(limits.CachedDocuments);
    private static readonly IValidationRule[] _everyTime =
    [
        new AllowedOperations(),
        FieldArgumentsAreValidRule.Instance,
    ];
    private static readonly IValidationRule[] _all =
    [
        .. DocumentValidator.CoreRules,
        new AllowedOperations(),
    ];

    /// <inheritdoc />
    public float SortOrder => 300;

    /// <summary>What is known of a document that has been run before; null for any other.</summary>
    public CheckedDocument? Find(string text) => _checked.TryGet(text, out var known) ? known : null;

    /// <inheritdoc />
    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        var text = options.Query!;
        if (_checked.TryGet(text, out var known))
        {
            options.Document = known.Syntax;
            options.ValidationRules = _everyTime;
            return await next(options);
        }

        if (text.Length > limits.MaxDocumentLength)
        {
            throw new LimitExceeded(
                $"A document may have {limits.MaxDocumentLength} characters; it has {text.Length}."
            );
        }

        var document = _parser.Build(text);
        foreach (var (operation, size) in DocumentSize.Of(document))
        {
            Check(operation, size);
        }

        options.Document = document;
        options.ValidationRules = _all;
        var result = await next(options);
        if (result.Executed)
        {
            _checked.Set(text, new(document, options.Schema!));
        }

        return result;
    }

    private void Check(GraphQLOperationDefinition operation, DocumentSize size)
    {
        if (size.Depth > limits.MaxDepth)
        {
            throw new LimitExceeded(
                $"An operation may nest {limits.MaxDepth} fields; it nests {size.Depth}."
            );
        }

        if (size.Aliases > limits.MaxAliases)
        {
            throw new LimitExceeded(
                $"An operation may have {limits.MaxAliases} aliases; it has {size.Aliases}."
            );
        }

        if (operation.Operation == OperationType.Mutation && size.RootFields > limits.MaxRootMutations)
        {
            throw new LimitExceeded(
                $"A mutation may have {limits.MaxRootMutations} root fields; it has {size.RootFields}."
            );
        }
    }
}

/// <summary>The document asks for too much; the message says how much is allowed.</summary>
internal sealed class LimitExceeded : RequestError
{
    public LimitExceeded(string message)
        : base(message) => Code = ErrorCode.LimitExceeded;
}
