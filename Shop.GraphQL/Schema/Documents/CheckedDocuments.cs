using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQL.Validation.Rules.Custom;
using Shop.GraphQL.Schema.Limits;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>
/// Parses and checks a document once and remembers it. What depends on more than the text and the schema (the kind of
/// operation a transport carries, arguments that come as variables, what they make it cost) is checked each time.
/// </summary>
internal sealed class CheckedDocuments(GraphLimits limits) : IConfigureExecution
{
    // Twice the nesting of fields: arguments and types nest as well. Past it the parser stops instead of its stack.
    private readonly GraphQLDocumentBuilder _parser = new() { MaxDepth = 2 * limits.MaxDepth + 20 };
    private readonly GenerationCache<string, CheckedDocument> _checked = new(limits.CachedDocuments);
    private readonly IValidationRule[] _once =
    [
        .. DocumentValidator.CoreRules.Except([FieldArgumentsAreValidRule.Instance]),
        .. limits.Introspection ? (IValidationRule[])[] : [NoIntrospectionValidationRule.Instance],
    ];

    /// <inheritdoc />
    public float SortOrder => 300;

    /// <summary>What is known of a document that has been run before; null for any other.</summary>
    public CheckedDocument? Find(string text) => _checked.TryGet(text, out var known) ? known : null;

    /// <inheritdoc />
    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        var caller = options.UserContext as Caller;
        caller?.Begin();
        LimitExceeded.Hold(
            Limit.VariableValues,
            limits.MaxVariableValues,
            VariableSize.Of(options.Variables)
        );
        var result = await (
            Find(options.Query!) is { } known
                ? RunKnownAsync(known, options, next)
                : RunNewAsync(options, next)
        );
        if (caller?.Cost is { } cost)
        {
            (result.Extensions ??= [])["cost"] = new Dictionary<string, object?>
            {
                ["requested"] = cost,
                ["limit"] = limits.MaxCost,
            };
        }

        return result;
    }

    private static Task<ExecutionResult> RunKnownAsync(
        CheckedDocument known,
        ExecutionOptions options,
        ExecutionDelegate next
    )
    {
        options.Document = known.Syntax;
        options.ValidationRules = known.Rules;
        return next(options);
    }

    private async Task<ExecutionResult> RunNewAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        var text = options.Query!;
        LimitExceeded.Hold(Limit.DocumentLength, limits.MaxDocumentLength, text.Length);
        var document = _parser.Build(text);
        DocumentSize.Hold(document, limits);

        IValidationRule[] eachTime =
        [
            new AllowedOperations(),
            FieldArgumentsAreValidRule.Instance,
            new CostLimit(limits.MaxCost),
        ];
        options.Document = document;
        options.ValidationRules = [.. _once, .. eachTime];
        var result = await next(options);
        if (result.Executed)
        {
            _checked.Set(text, new(document, options.Schema!, eachTime));
        }

        return result;
    }
}
