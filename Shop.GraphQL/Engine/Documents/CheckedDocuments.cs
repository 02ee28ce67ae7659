using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>Parses a document once, and remembers those that were found valid (<see cref="DocumentCheck"/>).</summary>
internal sealed class CheckedDocuments(GraphLimits limits, DocumentCheck check, TimeProvider clock)
    : IConfigureExecution
{
    // Twice the nesting of fields: arguments and types nest as well. Past it the parser stops instead of its stack.
    private readonly GraphQLDocumentBuilder _parser = new() { MaxDepth = 2 * limits.MaxDepth + 20 };
    private readonly GenerationCache<string, CheckedDocument> _checked = new(limits.CachedDocuments);

    /// <inheritdoc />
    public float SortOrder => 300;

    /// <summary>Of what was run: how much had been parsed and checked before.</summary>
    public HitCount Asked { get; } = new(clock);

    /// <summary>How many are remembered.</summary>
    public int Count => _checked.Count;

    /// <summary>What is known of a document that has been run before; null for any other.</summary>
    public CheckedDocument? Find(string text) => _checked.TryGet(text, out var known) ? known : null;

    /// <summary>Checks a document before a client sends it, and remembers it.</summary>
    /// <exception cref="InvalidDataException">It is not valid, or asks for more than a document may.</exception>
    public async Task LearnAsync(TrustedDocument document, ISchema schema)
    {
        try
        {
            var syntax = Parse(document.Text);
            var result = await check.CheckAsync(syntax, schema);
            if (!result.IsValid)
            {
                throw result.Errors[0];
            }

            _checked.Set(document.Text, new(syntax, schema));
        }
        catch (ExecutionError fault)
        {
            throw new InvalidDataException(
                $"The registered document {document.Name} does not fit: {fault.Message}",
                fault
            );
        }
    }

    /// <inheritdoc />
    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        // Code that runs an operation without a transport may run any.
        var caller = options.UserContext as Caller ?? new Caller(OperationKinds.All);
        options.UserContext = caller;
        var text = options.Query!;
        var known = Asked.Of(Find(text));
        caller.Begin(known);
        LimitExceeded.Hold(
            Limit.VariableValues,
            limits.MaxVariableValues,
            VariableSize.Of(options.Variables)
        );
        SentText.Hold(options.Variables);
        options.Document = known?.Syntax ?? Parse(text);
        var result = await next(options);
        if (known is null && caller.Document is { } found && result.Executed)
        {
            _checked.Set(text, found);
        }

        if (caller.Cost is { } cost)
        {
            (result.Extensions ??= [])["cost"] = new Dictionary<string, object?>
            {
                ["requested"] = cost,
                ["limit"] = limits.MaxCost,
            };
        }

        return result;
    }

    private GraphQLDocument Parse(string text)
    {
        LimitExceeded.Hold(Limit.DocumentLength, limits.MaxDocumentLength, text.Length);
        try
        {
            // The specification takes CR alone for the end of a line; the parser's message for it does not, and throws.
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            if (!ShortLines.AreIn(text))
            {
                FindMistake(text);
            }

            var document = _parser.Build(text);
            DocumentSize.Hold(document, limits);
            return document;
        }
        catch (GraphQLMaxDepthExceededException)
        {
            // How deep it goes is not counted.
            throw new LimitExceeded(Limit.Depth, limits.MaxDepth, limits.MaxDepth + 1);
        }
    }

    private void FindMistake(string text)
    {
        var lines = ShortLines.Of(text);
        try
        {
            _parser.Build(lines);
        }
        catch (SyntaxError mistake)
        {
            var placed = new RequestError(mistake.Message) { Code = ErrorCode.SyntaxError };
            placed.AddLocation(ShortLines.PlaceIn(text, lines, mistake.Locations![0]));
            throw placed;
        }
    }
}
