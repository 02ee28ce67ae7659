using System.Security.Claims;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using Shop.Data.Telemetry;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Runs the operations of one schema, with settings of its own. Resolvers get the request's services. Thread-safe.
/// </summary>
internal sealed class GraphEngine : IDisposable
{
    private readonly ServiceProvider _parts;
    private readonly IDocumentExecuter _executer;
    private readonly GraphLimits _limits;
    private readonly DocumentLookup _lookup;
    private readonly ShopMeter _meter;
    private readonly AdmitOperation? _admit;
    private readonly TimeProvider _clock;

    public GraphEngine(
        ShopSchema schema,
        IServiceScopeFactory scopes,
        GraphLimits limits,
        DocumentLookup lookup,
        ShopMeter meter,
        AdmitOperation? admit,
        TimeProvider clock,
        ILogger<GraphEngine> log
    )
    {
        _limits = limits;
        _lookup = lookup;
        _meter = meter;
        _admit = admit;
        _clock = clock;
        var check = new DocumentCheck(limits, admit);
        Documents = new CheckedDocuments(limits, check, clock);
        var parts = new ServiceCollection();
        parts.AddSingleton<IDocumentValidator>(check);
        parts.AddGraphQL(graph =>
        {
            // Loaders batch as well when resolvers run one by one, and one by one they may share what is scoped.
            // An executor of our own would stand here, and nowhere else: docs/decisions/0024.
            graph.AddExecutionStrategy(new SerialExecutionStrategy(), OperationType.Query);
            graph.AddExecutionStrategy(new OneMutationAtATime(), OperationType.Mutation);
            graph.AddExecutionStrategy(new ScopePerEvent(scopes, limits, clock), OperationType.Subscription);
            graph.AddDocumentListener(new KnowsWhoAsks());
            graph.AddDocumentListener(new MutationsReadPrimary());
            graph.ConfigureExecution(lookup);
            graph.ConfigureExecution(Documents);
            graph.AddUnhandledExceptionHandler(context => FieldFaults.Tell(context, log));
        });
        _parts = parts.BuildServiceProvider();
        Schema = schema;
        _executer = _parts.GetRequiredService<IDocumentExecuter>();
    }

    /// <summary>What it runs operations of.</summary>
    public ShopSchema Schema { get; }

    /// <summary>The documents that it knows.</summary>
    public CheckedDocuments Documents { get; }

    /// <summary>What is known of a document that has been run before; null for any other.</summary>
    public CheckedDocument? Known(string document) => Documents.Find(document);

    /// <summary>Checks a document before a client sends it, and remembers it.</summary>
    /// <exception cref="InvalidDataException">It does not fit the schema, or asks for more than a document may.</exception>
    public Task LearnAsync(TrustedDocument document) => Documents.LearnAsync(document, Schema);

    /// <summary>
    /// Lets in who will be shown the answer of an operation that is run for several. What is wrong with its variables is told by
    /// whoever runs it.
    /// </summary>
    /// <param name="operation">What they ask for.</param>
    /// <param name="variables">As they sent them.</param>
    /// <param name="caller">What their transport says of them.</param>
    /// <param name="user">Who they are.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Their place among those that run, to be disposed when they have their answer; null where they need none.</returns>
    /// <exception cref="RuleRefusal">They have to wait.</exception>
    public async ValueTask<IDisposable?> AdmitAsync(
        CheckedOperation operation,
        Inputs variables,
        Caller caller,
        ClaimsPrincipal user,
        CancellationToken cancel
    )
    {
        if (_admit is null || await operation.Inputs.ReadAsync(variables) is not { IsValid: true } inputs)
        {
            return null;
        }

        var cost = operation.Cost.Of(inputs);
        return await _admit(new(operation, variables, cost, user, Schema.Audience, caller.Address), cancel);
    }

    /// <summary>Runs one operation; <c>RequestServices</c> must be a scope of its own.</summary>
    public async Task<ExecutionResult> ExecuteAsync(ExecutionOptions options)
    {
        var begun = _clock.GetTimestamp();
        var caller = options.UserContext as Caller;
        using var span = OperationSpan.Begin(caller?.Trace ?? default);
        var result = await RunAsync(options);
        var operation = caller?.Operation;
        var name = operation?.Name is { } given && _lookup.IsRegistered(options.Query!) ? given : "other";
        var (type, outcome) = (operation?.Type ?? "none", OperationOutcome.Of(result));
        _meter.OperationRun(_clock.GetElapsedTime(begun), name, type, outcome);
        span.Tell(name, type, outcome, caller?.Cost);
        return result;
    }

    private async Task<ExecutionResult> RunAsync(ExecutionOptions options)
    {
        var leaving = options.CancellationToken;
        using var late = new CancellationTokenSource(_limits.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaving, late.Token);
        options.Schema = Schema;
        options.CancellationToken = either.Token;
        try
        {
            return Bounded(await _executer.ExecuteAsync(options));
        }
        catch (OperationCanceledException)
            when (late.IsCancellationRequested && !leaving.IsCancellationRequested)
        {
            return new ExecutionResult(new TimeoutError());
        }
        finally
        {
            (options.UserContext as Caller)?.Leave();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _parts.Dispose();

    private ExecutionResult Bounded(ExecutionResult result)
    {
        if (result.Errors is { } errors && errors.Count > _limits.MaxErrors)
        {
            result.Errors =
            [
                .. errors.Take(_limits.MaxErrors),
                new LimitExceeded(Limit.Errors, _limits.MaxErrors, errors.Count),
            ];
        }

        return result;
    }
}
